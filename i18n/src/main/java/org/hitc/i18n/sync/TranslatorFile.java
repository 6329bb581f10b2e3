package org.hitc.i18n.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hitc.i18n.Entry;
import org.hitc.i18n.MessageFile;
import org.hitc.i18n.Metadata;
import org.hitc.i18n.Origin;
import org.hitc.i18n.Problem;

/**
 * A translator's file in pieces: what stands above all messages, the messages, those that the
 * source has not any more, and what stands below.
 *
 * @param header lines above the first message with a blank line below
 * @param tail lines below the last message
 */
record TranslatorFile(
    List<String> header,
    Map<String, Block> blocks,
    Map<String, Block> obsolete,
    List<String> tail,
    String lineEnd) {

  /** As in PO: a message that is not in use. */
  static final String OBSOLETE = "#~";

  /** Stands above those. */
  static final String OBSOLETE_TITLE =
      "# Not in the source any more. Kept by hitc i18n sync until somebody takes it out.";

  private static final List<String> KEPT_BY_SYNC =
      List.of("#.", "# @source", "# @was", "# @of", "# @missing");

  TranslatorFile {
    header = List.copyOf(header);
    tail = List.copyOf(tail);
  }

  /**
   * Takes a file to pieces.
   *
   * @param problems takes what is wrong with it; then the pieces are not all there
   */
  static TranslatorFile read(String name, byte[] bytes, List<Problem> problems) {
    List<Entry> entries = MessageFile.read(name, bytes, problems);
    String text = new String(bytes, UTF_8);
    Reader reader = new Reader(entries);
    String[] lines = text.replace("\r\n", "\n").split("\n", -1);
    List<String> unused = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith(OBSOLETE)) {
        String inner = line.substring(OBSOLETE.length());
        unused.add(inner.startsWith(" ") ? inner.substring(1) : inner);
      }
    }
    if (problems.isEmpty()) {
      reader.read(lines);
    }
    Reader old = new Reader(List.of());
    if (!unused.isEmpty() && problems.isEmpty()) {
      List<Problem> ignored = new ArrayList<>();
      byte[] inner = String.join("\n", unused).getBytes(UTF_8);
      old = new Reader(MessageFile.read(name, inner, ignored));
      old.read(unused.toArray(String[]::new));
      ignored.forEach(p ->
          problems.add(
              new Problem(
                  name,
                  0,
                  p.rule(),
                  p.key(),
                  "a line that begins with " + OBSOLETE + " " + p.words())));
    }
    return new TranslatorFile(
        reader.header,
        reader.blocks,
        old.blocks,
        reader.lead,
        text.contains("\r\n") ? "\r\n" : "\n");
  }

  /** Goes through the lines. */
  private static final class Reader {
    private final Map<Integer, Entry> byLine;
    private final List<String> header = new ArrayList<>();
    private final Map<String, Block> blocks = new LinkedHashMap<>();
    private final List<String> lead = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();

    Reader(List<Entry> entries) {
      byLine = entries.stream().collect(Collectors.toMap(Entry::line, Function.identity()));
    }

    void read(String[] lines) {
      int at = 0;
      while (at < lines.length) {
        String line = lines[at].strip();
        if (line.startsWith(OBSOLETE) || line.equals(OBSOLETE_TITLE)) {
          at++;
        } else if (line.startsWith("#")) {
          comments.add(line);
          at++;
        } else if (line.isEmpty()) {
          detach();
          at++;
        } else {
          at = message(lines, at);
        }
      }
      detach();
    }

    private void detach() {
      if (!comments.isEmpty()) {
        List<String> place = blocks.isEmpty() && lead.isEmpty() && header.isEmpty() ? header : lead;
        if (!place.isEmpty()) {
          place.add("");
        }
        place.addAll(comments);
        comments.clear();
      }
    }

    private int message(String[] lines, int first) {
      int end = first + 1;
      while (end < lines.length && MessageFile.continues(lines[end - 1])) {
        end++;
      }
      Optional<Entry> entry = Optional.ofNullable(byLine.get(first + 1));
      String key = lines[first].substring(0, lines[first].indexOf('=')).strip();
      List<String> own =
          comments.stream().filter(c -> KEPT_BY_SYNC.stream().noneMatch(c::startsWith)).toList();
      blocks.put(
          key,
          new Block(
              key,
              lead,
              own,
              entry.map(Entry::metadata).orElse(Metadata.NONE).origin(),
              entry.map(Entry::value).orElse(""),
              List.of(lines).subList(first, end)));
      lead.clear();
      comments.clear();
      return end;
    }
  }

  /** The words of a message that is there, in use or not. */
  Optional<Block> block(String key) {
    return Optional.ofNullable(blocks.get(key))
        .filter(block -> !block.missing())
        .or(() -> Optional.ofNullable(obsolete.get(key)))
        .or(() -> Optional.ofNullable(blocks.get(key)));
  }

  /** Origin of a message that nothing is known of. */
  static Origin unknown() {
    return Metadata.NONE.origin();
  }
}
