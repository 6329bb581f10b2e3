package org.hitc.i18n.sync;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.i18n.Entry;
import org.hitc.i18n.Fingerprints;
import org.hitc.i18n.MessageFile;
import org.hitc.i18n.Origin;
import org.hitc.i18n.Problem;
import org.hitc.i18n.check.BundleFile;

/**
 * Brings a translator's file up to its source. Messages come in the order of the source, each with
 * what translators are told of it ({@code #.}), its source text ({@code # @source}) and the
 * fingerprints of both texts ({@code # @of}). A new key has {@code # @missing} and no words. Words
 * whose source has changed keep their fingerprints and show the old source ({@code # @was}) until
 * somebody changes the words or takes {@code # @of} out. Keys that the source has not any more are
 * kept at the end, behind {@code #~}, and come back with their key; those that {@linkplain
 * BundleFile#standsElsewhere stand elsewhere} stay in use. Translators' own comments stay. Done
 * twice it changes nothing.
 */
public final class Sync {
  private final BundleFile source;
  private final TranslatorFile file;
  private final Map<String, String> given;
  private final StringBuilder out = new StringBuilder();
  private final List<String> missing = new ArrayList<>();
  private final List<String> stale = new ArrayList<>();
  private final List<String> obsolete = new ArrayList<>();

  private Sync(BundleFile source, TranslatorFile file, Map<String, String> given) {
    this.source = source;
    this.file = file;
    this.given = given;
  }

  /**
   * The new text of a translator's file.
   *
   * @param name how problems call the file
   * @param translation its bytes; none for a new language
   */
  public static Synced sync(BundleFile source, String name, byte[] translation) {
    return sync(source, name, translation, Map.of());
  }

  /**
   * The same, with words from elsewhere.
   *
   * @param given by key; made of the present source
   */
  static Synced sync(
      BundleFile source, String name, byte[] translation, Map<String, String> given) {
    List<Problem> problems = new ArrayList<>();
    TranslatorFile file = TranslatorFile.read(name, translation, problems);
    return problems.isEmpty()
        ? new Sync(source, file, given).write()
        : new Synced.Refused(problems);
  }

  private Synced write() {
    lines(file.header());
    Map<String, Block> left = new LinkedHashMap<>(file.obsolete());
    left.putAll(file.blocks());
    for (Entry entry : source.entries()) {
      message(entry, file.block(entry.key()));
      left.remove(entry.key());
    }
    List<String> elsewhere = left.keySet().stream().filter(source::standsElsewhere).toList();
    for (String key : elsewhere) {
      left.remove(key);
      file.block(key).ifPresent(this::kept);
    }
    // Below the messages, but above what is not in use: there it would be lost in it.
    lines(leads(left));
    left.values().removeIf(block -> block.missing() && block.comments().isEmpty());
    lines(file.tail());
    unused(left);
    String text = out.toString().replace("\n", file.lineEnd());
    return new Synced.Written(text, missing, stale, obsolete);
  }

  /** Appends lines with a blank one above. */
  private void lines(List<String> lines) {
    if (!lines.isEmpty()) {
      if (!out.isEmpty()) {
        out.append('\n');
      }
      lines.forEach(line -> out.append(line).append('\n'));
    }
  }

  private static List<String> leads(Map<String, Block> blocks) {
    List<String> leads = new ArrayList<>();
    for (Block block : blocks.values()) {
      if (!block.lead().isEmpty() && !leads.isEmpty()) {
        leads.add("");
      }
      leads.addAll(block.lead());
    }
    return leads;
  }

  private void message(Entry entry, Optional<Block> before) {
    before.ifPresent(block -> lines(block.lead()));
    List<String> lines = new ArrayList<>();
    Told.lines(entry.metadata()).forEach(line -> lines.add("#. " + line));
    lines.add("# @source " + MessageFile.escape(entry.value()));
    Optional<String> words =
        Optional.ofNullable(given.get(entry.key()))
            .or(() -> before.filter(block -> !block.missing()).map(Block::value));
    Optional<Block> same =
        before.filter(block -> words.isPresent() && block.value().equals(words.get()));
    if (words.isEmpty()) {
      lines.addAll(before.map(Block::comments).orElse(List.of()));
      lines.add("# @missing");
      lines.add(entry.key() + " =");
      missing.add(entry.key());
    } else {
      Origin origin = before.map(Block::origin).orElseGet(TranslatorFile::unknown);
      boolean old = !given.containsKey(entry.key()) && origin.stale(entry.value(), words.get());
      if (old) {
        origin.madeOf().ifPresent(was -> lines.add("# @was " + MessageFile.escape(was)));
        stale.add(entry.key());
      }
      lines.addAll(before.map(Block::comments).orElse(List.of()));
      Fingerprints now = Fingerprints.of(entry.value(), words.get());
      lines.add("# @of " + (old ? origin.of().orElse(now) : now));
      lines.addAll(
          same.map(Block::lines)
              .orElseGet(() -> List.of(entry.key() + " = " + MessageFile.escape(words.get()))));
    }
    lines(lines);
  }

  /** Words whose source is unknown stay as they are. */
  private void kept(Block block) {
    lines(block.lead());
    List<String> lines = new ArrayList<>(block.comments());
    if (block.missing()) {
      lines.add("# @missing");
    }
    lines.addAll(block.lines());
    lines(lines);
  }

  private void unused(Map<String, Block> left) {
    if (left.isEmpty()) {
      return;
    }
    List<String> lines = new ArrayList<>(List.of(TranslatorFile.OBSOLETE_TITLE));
    for (Block block : left.values()) {
      obsolete.add(block.key());
      lines.add(TranslatorFile.OBSOLETE);
      List<String> inner = new ArrayList<>(block.comments());
      block
          .origin()
          .madeOf()
          .or(() -> block.origin().source())
          .ifPresent(text -> inner.add("# @source " + MessageFile.escape(text)));
      block.origin().of().ifPresent(of -> inner.add("# @of " + of));
      if (block.missing()) {
        inner.add("# @missing");
      }
      inner.addAll(block.lines());
      inner.forEach(line -> lines.add(TranslatorFile.OBSOLETE + " " + line));
    }
    lines(lines);
  }
}
