package org.hitc.i18n.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.i18n.Entry;
import org.hitc.i18n.Message;
import org.hitc.i18n.Problem;
import org.hitc.i18n.Proof;
import org.hitc.i18n.Rule;

/** Checks messages by all rules. */
public final class BundleCheck {
  private static final List<MessageRule> RULES =
      List.of(
          new Arguments(),
          new Styles(),
          new Plurals(),
          new Selections(),
          new Quoting(),
          new NumberShown(),
          new Tags(),
          new Punctuation(),
          new Length(),
          new Wording(),
          new Staleness(),
          new Translatable(),
          new Addresses(),
          new Showing());

  /** What can be said of a translation whose source is unknown. */
  private static final List<MessageRule> WITHOUT_SOURCE =
      List.of(new Arguments(), new Tags(), new Showing());

  private final Samples samples;
  private final List<Finding> findings = new ArrayList<>();

  private BundleCheck(Samples samples) {
    this.samples = samples;
  }

  /**
   * Everything that is wrong with a source and its translations, file by file, line by line.
   *
   * @param source in the source language
   * @param translations any number of languages; also a site's overrides, which translate the
   *     product's messages into its own words
   * @param samples values to show messages with
   */
  public static List<Finding> check(
      BundleFile source, List<BundleFile> translations, Samples samples) {
    BundleCheck check = new BundleCheck(samples);
    check.file(source, Optional.empty());
    translations.forEach(translation -> check.file(translation, Optional.of(source)));
    return List.copyOf(check.findings);
  }

  private void file(BundleFile file, Optional<BundleFile> source) {
    List<Finding> found = new ArrayList<>();
    Severity worst = file.isOfTexts() ? Severity.WARNING : Severity.ERROR;
    file.problems().forEach(problem -> found.add(Finding.of(problem, worst)));
    SampleMaker maker = SampleMaker.in(file.language());
    Proof proof = Proof.in(file.language());
    for (Entry entry : file.entries()) {
      Optional<Original> original = source.flatMap(s -> s.original(entry.key()));
      Optional<Message> message = file.message(entry.key());
      MessageRule.Findings out =
          (rule, severity, words) ->
              found.add(
                  new Finding(
                      rule,
                      severity == Severity.ERROR ? worst : severity,
                      file.name(),
                      entry.line(),
                      entry.key(),
                      words));
      if (source.filter(s -> s.standsElsewhere(entry.key())).isPresent()) {
        Optional<Original> nothing = Optional.of(Original.unknown(entry.key(), file.language()));
        message.ifPresent(m -> {
          Subject subject = subject(file, entry, m, nothing, maker, proof);
          WITHOUT_SOURCE.forEach(rule -> rule.check(subject, out));
        });
      } else if (source.isPresent() && original.isEmpty()) {
        source.ifPresent(s -> strange(s, entry, out));
      } else if (message.isPresent()) {
        Subject subject = subject(file, entry, message.get(), original, maker, proof);
        RULES.forEach(rule -> rule.check(subject, out));
      }
    }
    found.sort(Comparator.comparingInt(Finding::line));
    findings.addAll(found);
  }

  private static void strange(BundleFile source, Entry entry, MessageRule.Findings out) {
    Optional<Problem> wrong =
        source.problems().stream().filter(p -> p.key().equals(entry.key())).findFirst();
    out.add(
        Rule.L03,
        Severity.ERROR,
        wrong
            .map(p ->
                "cannot be used: its source, line %d of %s, %s"
                    .formatted(p.line(), source.name(), p.words()))
            .orElse("is not in " + source.name() + "; correct the key, or take the line out"));
  }

  private Subject subject(
      BundleFile file,
      Entry entry,
      Message message,
      Optional<Original> original,
      SampleMaker maker,
      Proof proof) {
    Subject bare = new Subject(file.language(), entry, message, original, List.of(), true, proof);
    List<Message> messages = new ArrayList<>(List.of(message));
    original.ifPresent(o -> messages.add(o.message()));
    Optional<List<Map<String, Object>>> given = samples.of(entry.key());
    return new Subject(
        file.language(),
        entry,
        message,
        original,
        given.orElseGet(() -> maker.make(bare.given(), messages)),
        given.isEmpty(),
        proof);
  }
}
