package org.hitc.i18n.exchange;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hitc.i18n.Characters;
import org.hitc.i18n.Limits;
import org.hitc.i18n.MessageFile;

/** Takes units out of a file from outside, within limits. */
final class Intake {
  /** Four times a message file: XML and notes take room. */
  static final int FILE_BYTES = 4 * Limits.FILE_BYTES;

  private static final int NOTES = 50;
  private static final int LONGEST_TAG = 35;

  private final Set<String> keys = new HashSet<>();
  private final List<Unit> units = new ArrayList<>();

  /**
   * Takes a unit.
   *
   * @param target what stands there, perhaps nothing
   * @param done whether the file says that it is
   */
  void add(
      int line,
      String key,
      String source,
      String target,
      boolean done,
      Optional<String> was,
      List<String> notes)
      throws NotReadableException {
    if (!MessageFile.isKey(key)) {
      throw new NotReadableException(line, "has a message without a key, or with none of ours");
    }
    if (!keys.add(key)) {
      throw new NotReadableException(line, key + " stands twice");
    }
    if (units.size() == Limits.FILE_KEYS) {
      throw new NotReadableException(line, "has more than " + Limits.FILE_KEYS + " messages");
    }
    if (notes.size() > NOTES) {
      throw new NotReadableException(line, key + " has more than " + NOTES + " notes");
    }
    text(line, key, source);
    text(line, key, target);
    text(line, key, was.orElse(""));
    for (String note : notes) {
      text(line, key, note);
    }
    boolean missing = target.isBlank();
    units.add(
        new Unit(
            key,
            source,
            missing ? Optional.empty() : Optional.of(target),
            missing ? Unit.State.MISSING : done ? Unit.State.TRANSLATED : Unit.State.STALE,
            was.filter(text -> !text.isEmpty()),
            notes));
  }

  private static void text(int line, String key, String text) throws NotReadableException {
    if (text.length() > Limits.PATTERN_CHARACTERS) {
      throw new NotReadableException(
          line, key + " has a text longer than " + Limits.PATTERN_CHARACTERS + " characters");
    }
    var forbidden = text.codePoints().filter(c -> c != '\n' && Characters.forbidden(c)).findFirst();
    if (forbidden.isPresent()) {
      throw new NotReadableException(
          line, key + " has the character " + Characters.name(forbidden.getAsInt()));
    }
  }

  Exchange done(String source, String target) throws NotReadableException {
    if (!isTag(source) || !isTag(target)) {
      throw new NotReadableException(0, "does not say from which language into which it is");
    }
    return new Exchange(source, target, units);
  }

  private static boolean isTag(String tag) {
    return !tag.isEmpty()
        && tag.length() <= LONGEST_TAG
        && tag.chars().allMatch(c -> c == '-' || (c < 128 && Character.isLetterOrDigit(c)));
  }
}
