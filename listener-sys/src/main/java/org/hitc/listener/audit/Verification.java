package org.hitc.listener.audit;

import java.util.List;

/** What {@link AuditLog#verify} found. */
public sealed interface Verification {

  /**
   * Every record is whole and in its place.
   *
   * @param first number of the first record that was there; more than 1 when those before it are
   *     archived, and a checkpoint vouches for them
   * @param records how many
   * @param torn how many marked fragments stand between them
   * @param lastHash hash of the last record; 64 zeros when there is none
   * @param checkpoints how many records were found as they were sealed
   * @param lastSealed number of the last of these; 0 when there is none
   * @param doubts what a clock that was put forward or back explains, and should be looked at; the
   *     first of them, in words
   */
  record Intact(
      long first,
      long records,
      long torn,
      String lastHash,
      long checkpoints,
      long lastSealed,
      List<String> doubts)
      implements Verification {
    public Intact {
      doubts = List.copyOf(doubts);
    }
  }

  /**
   * The first line that is not what was written there.
   *
   * @param file the part of the log, or the file of checkpoints
   * @param line one-based
   * @param offset of its first byte in the file; 0 in a file of checkpoints
   */
  record Broken(String file, long line, long offset, String reason) implements Verification {}
}
