package org.hitc.workflow.yaml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hitc.workflow.copybook.Copybook;
import org.hitc.workflow.copybook.Item;
import org.hitc.workflow.copybook.Mistake;
import org.hitc.workflow.model.Columns;
import org.hitc.workflow.model.Columns.Column;
import org.hitc.workflow.picture.Overpunch;

/** The copybooks that a definition uses: {@code columns: { copybook: FILE }}. */
final class Copybooks {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_NAME = 100;
  private static final Set<String> DIALECTS =
      Set.of("ibm", "gnucobol", "ascii", "micro_focus", "vms");

  private final String folder;
  private final Companions companions;
  private final Problems problems;
  private final Map<String, byte[]> used = new TreeMap<>();
  private final Set<String> reported = new TreeSet<>();

  /**
   * Those of one definition.
   *
   * @param definition its file, as it is named in problems
   */
  Copybooks(String definition, Companions companions, Problems problems) {
    this.folder = definition.substring(0, definition.lastIndexOf('/') + 1);
    this.companions = companions;
    this.problems = problems;
  }

  /** SHA-256, in hexadecimal, of the definition and of the copybooks that were read for it. */
  String hash(byte[] definition) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(definition);
      used.forEach((name, bytes) -> {
        byte[] head = ("\0" + name + "\0" + bytes.length + "\0").getBytes(StandardCharsets.UTF_8);
        digest.update(head);
        digest.update(bytes);
      });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The columns of {@code { copybook: FILE, labels: {...}, overpunch: ibm }}. */
  Optional<Columns> columns(YamlMap map) {
    map.only("copybook", "labels", "overpunch");
    Optional<Overpunch> overpunch =
        map.oneOf("overpunch", DIALECTS)
            .map(word -> word.equals("ascii") ? Overpunch.GNUCOBOL : dialect(word));
    Optional<List<Item>> items =
        map.text("copybook").flatMap(this::file).flatMap(file -> items(file, overpunch));
    if (items.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> labels = labels(map, items.get());
    List<Column> columns =
        items.get().stream()
            .map(item ->
                new Column(
                    item.name(),
                    label(item, labels),
                    item.position(),
                    item.picture(),
                    item.blankWhenZero()))
            .toList();
    return Optional.of(new Columns.ByPosition(columns));
  }

  private static Overpunch dialect(String word) {
    return Overpunch.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The name under which the file was found: as it is written, in lower or in upper case. */
  private Optional<String> file(YamlText text) {
    String name = text.value();
    if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*") || name.length() > MAX_NAME) {
      problems.add(
          text.place(),
          "COPYBOOK_FILE",
          "'" + name + "' is not the name of a file beside the definition",
          "letters, digits, . _ and -; a path is not possible");
      return Optional.empty();
    }
    List<String> names =
        Stream.of(name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT))
            .distinct()
            .toList();
    for (String candidate : names) {
      switch (companions.find(candidate)) {
        case Companions.Found.Missing() -> {}
        case Companions.Found.Refused(String reason) -> {
          problems.add(
              text.place(),
              "COPYBOOK_FILE",
              reason,
              "a copybook must be as safe as the definition that uses it");
          return Optional.empty();
        }
        case Companions.Found.File file -> {
          byte[] bytes = file.bytes();
          if (bytes.length > MAX_BYTES) {
            problems.add(
                text.place(), "COPYBOOK_FILE", candidate + " is larger than 1 MiB", "split it");
            return Optional.empty();
          }
          used.put(candidate, bytes);
          return Optional.of(candidate);
        }
      }
    }
    problems.add(
        text.place(),
        "COPYBOOK_FILE",
        "there is no file " + name + " beside the definition",
        "copy the copybook into the folder of the definition");
    return Optional.empty();
  }

  private Optional<List<Item>> items(String name, Optional<Overpunch> overpunch) {
    String source = decode(used.getOrDefault(name, new byte[0]));
    return switch (Copybook.read(source, overpunch)) {
      case Copybook.Read.Good(List<Item> items) -> Optional.of(items);
      case Copybook.Read.Refused(List<Mistake> mistakes) -> {
        if (reported.add(name + overpunch)) {
          Problems own = new Problems(folder + name, source);
          mistakes.forEach(
              m -> own.add(new Place(m.line(), m.column()), m.ident(), m.text(), m.cure()));
          problems.include(own);
        }
        yield Optional.empty();
      }
    };
  }

  /** UTF-8, or, when it is not, ISO 8859-1: only comments and literals can differ. */
  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  private Map<String, String> labels(YamlMap map, List<Item> items) {
    Set<String> names = new TreeSet<>();
    for (Item item : items) {
      if (!item.name().equals(Column.FILLER)) {
        names.add(item.name());
        names.add(item.base());
      }
    }
    Map<String, String> labels = new TreeMap<>();
    Optional<YamlMap> texts = map.map("labels");
    for (String name : texts.map(YamlMap::keys).orElse(List.of())) {
      if (names.contains(name)) {
        texts.get().text(name).ifPresent(t -> labels.put(name, t.value()));
      } else {
        problems.add(
            texts.get().placeOf(name),
            "COLUMN_UNKNOWN",
            "the copybook has no field " + name,
            Suggestion.cure(name, new ArrayList<>(names)));
      }
    }
    return labels;
  }

  /** Its own label, that of its table with its number, or words made of its name. */
  private static String label(Item item, Map<String, String> labels) {
    String words = item.base().replace('_', ' ');
    String derived = Character.toUpperCase(words.charAt(0)) + words.substring(1);
    return labels.getOrDefault(
        item.name(), labels.getOrDefault(item.base(), derived) + item.number());
  }
}
