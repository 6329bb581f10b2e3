package org.hitc.session.store;

/**
 * The name of an entry.
 *
 * @param id 1 to 128 characters of printable ASCII without spaces
 */
public record Key(Kind kind, String id) {
  /** Longest id, in characters. */
  public static final int MAX_ID = 128;

  /**
   * @throws IllegalArgumentException when the id has not the shape described above
   */
  public Key {
    if (id.isEmpty() || id.length() > MAX_ID || !id.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("not the id of an entry");
    }
  }
}
