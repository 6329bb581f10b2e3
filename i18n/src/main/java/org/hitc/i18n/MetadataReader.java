package org.hitc.i18n;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@link Metadata} out of the comment above a message. */
final class MetadataReader {
  private static final Pattern ARGUMENT =
      Pattern.compile("(" + MessageParser.NAME + "):(text|number|date)");
  private static final Pattern MAX = Pattern.compile("[1-9][0-9]{0,3}");

  /** Begins what {@code hitc i18n sync} tells translators of the source. */
  static final String TOLD = ".";

  /** Takes what is wrong, with its line. */
  interface Problems {
    void add(int line, String words);
  }

  private final Problems problems;
  private final List<String> description = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private Optional<Map<String, Kind>> arguments = Optional.empty();
  private OptionalInt max = OptionalInt.empty();
  private boolean critical;
  private Optional<String> screen = Optional.empty();
  private Optional<String> source = Optional.empty();
  private Optional<String> was = Optional.empty();
  private Optional<Fingerprints> of = Optional.empty();
  private boolean missing;
  private boolean same;

  private MetadataReader(Problems problems) {
    this.problems = problems;
  }

  static Metadata read(List<MessageFile.Comment> comment, Problems problems) {
    if (comment.isEmpty()) {
      return Metadata.NONE;
    }
    MetadataReader reader = new MetadataReader(problems);
    comment.forEach(reader::line);
    return new Metadata(
        String.join(" ", reader.description),
        reader.arguments,
        reader.max,
        reader.critical,
        reader.screen,
        new Origin(reader.source, reader.was, reader.of, reader.missing, reader.same));
  }

  private void line(MessageFile.Comment comment) {
    String words = comment.words();
    if (words.startsWith(TOLD)) {
      return;
    }
    if (!words.startsWith("@")) {
      description.add(words);
      return;
    }
    int blank = words.indexOf(' ');
    String tag = blank < 0 ? words : words.substring(0, blank);
    String rest = blank < 0 ? "" : words.substring(blank).strip();
    if (!seen.add(tag)) {
      problems.add(comment.line(), tag + " stands twice");
      return;
    }
    switch (tag) {
      case "@args" -> arguments = Optional.of(arguments(comment.line(), rest));
      case "@max" -> max(comment.line(), rest);
      case "@critical" -> critical = true;
      case "@screen" -> screen = Optional.of(rest);
      case "@source" -> source = text(comment.line(), tag, rest);
      case "@was" -> was = text(comment.line(), tag, rest);
      case "@of" -> {
        of = Fingerprints.read(rest);
        if (of.isEmpty()) {
          problems.add(comment.line(), "@of has two fingerprints; leave the line out instead");
        }
      }
      case "@missing" -> missing = true;
      case "@same" -> same = true;
      default ->
          problems.add(
              comment.line(),
              tag + " is not one of @args @max @critical @screen @source @was @of @missing @same");
    }
  }

  private Optional<String> text(int line, String tag, String rest) {
    Optional<String> text = MessageFile.unescape(rest);
    if (text.isEmpty()) {
      problems.add(line, tag + " has an escape that is none");
    }
    return text;
  }

  private Map<String, Kind> arguments(int line, String rest) {
    Map<String, Kind> declared = new LinkedHashMap<>();
    for (String word : rest.split(" +", -1)) {
      var argument = ARGUMENT.matcher(word);
      if (!argument.matches()) {
        problems.add(
            line, "@args lists name:text, name:number and name:date, not \"" + word + "\"");
      } else if (declared.put(
              argument.group(1), Kind.valueOf(argument.group(2).toUpperCase(Locale.ROOT)))
          != null) {
        problems.add(line, "@args names " + argument.group(1) + " twice");
      }
    }
    return declared;
  }

  private void max(int line, String rest) {
    if (MAX.matcher(rest).matches()) {
      max = OptionalInt.of(Integer.parseInt(rest));
    } else {
      problems.add(line, "@max is a number of characters below 10000");
    }
  }
}
