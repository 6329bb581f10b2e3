package org.hitc.i18n.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.i18n.Entry;
import org.hitc.i18n.Language;
import org.hitc.i18n.Rule;
import org.hitc.i18n.check.BundleCheck;
import org.hitc.i18n.check.BundleFile;
import org.hitc.i18n.check.Finding;
import org.hitc.i18n.check.Samples;
import org.hitc.i18n.check.Severity;
import org.hitc.i18n.exchange.Exchange;
import org.hitc.i18n.exchange.Unit;

/**
 * Takes translations that came back from other tools into a translator's file, all or none. A unit
 * that is done and made of the present source is taken; when its words are the old ones they are
 * confirmed. The rest is left out, with a finding that says why.
 */
public final class Imports {
  private final BundleFile source;
  private final String name;
  private final Language language;
  private final Map<String, String> taken = new LinkedHashMap<>();
  private final List<Finding> left = new ArrayList<>();

  private Imports(BundleFile source, String name, Language language) {
    this.source = source;
    this.name = name;
    this.language = language;
  }

  /**
   * Takes translations.
   *
   * @param name how findings call the translator's file
   * @param language of that file
   * @param current its bytes; none for a new language
   * @param samples values to show messages with
   */
  public static Imported into(
      BundleFile source,
      String name,
      Language language,
      byte[] current,
      Exchange incoming,
      Samples samples) {
    Imports imports = new Imports(source, name, language);
    if (!incoming.target().equals(language.tag())
        || !incoming.source().equals(source.language().tag())) {
      return new Imported.Refused(
          List.of(
              imports.finding(
                  Severity.ERROR,
                  Rule.L01,
                  "",
                  "is from %s into %s, but from %s into %s is needed"
                      .formatted(
                          incoming.source(), incoming.target(), source.language(), language))));
    }
    imports.choose(incoming);
    return imports.write(current, samples);
  }

  private Finding finding(Severity severity, Rule rule, String key, String words) {
    return new Finding(rule, severity, name, 0, key, words);
  }

  private void choose(Exchange incoming) {
    Map<String, Entry> sources = new HashMap<>();
    source.entries().forEach(entry -> sources.put(entry.key(), entry));
    for (Unit unit : incoming.units()) {
      Optional<String> present = Optional.ofNullable(sources.get(unit.key())).map(Entry::value);
      if (unit.state() != Unit.State.TRANSLATED) {
        continue;
      }
      if (present.isEmpty()) {
        leave(Rule.L03, unit, "is left out: the source has no such message");
      } else if (!present.get().equals(unit.source())) {
        leave(Rule.L15, unit, "is left out: it was made of another source text; export again");
      } else {
        unit.target().ifPresent(words -> taken.put(unit.key(), words));
      }
    }
  }

  private void leave(Rule rule, Unit unit, String words) {
    left.add(finding(Severity.WARNING, rule, unit.key(), words));
  }

  private Imported write(byte[] current, Samples samples) {
    return switch (Sync.sync(source, name, current, taken)) {
      case Synced.Refused(var problems) ->
          new Imported.Refused(
              problems.stream()
                  .map(p ->
                      new Finding(p.rule(), Severity.ERROR, p.file(), p.line(), p.key(), p.words()))
                  .toList());
      case Synced.Written written -> {
        List<Finding> findings = new ArrayList<>(left);
        findings.addAll(check(written.text(), samples));
        boolean wrong = findings.stream().anyMatch(f -> f.severity() == Severity.ERROR);
        yield wrong
            ? new Imported.Refused(findings)
            : new Imported.Written(written.text(), List.copyOf(taken.keySet()), findings);
      }
    };
  }

  /** What is found about the words that are taken, and about the file as a whole. */
  private List<Finding> check(String text, Samples samples) {
    BundleFile result = BundleFile.read(name, language, text.getBytes(UTF_8));
    return BundleCheck.check(source, List.of(result), samples).stream()
        .filter(f -> f.file().equals(name))
        .filter(f -> f.key().isEmpty() || taken.containsKey(f.key()))
        .toList();
  }
}
