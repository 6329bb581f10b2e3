package org.hitc.listener.audit;

/** What {@link AuditLog#verify} found. */
public sealed interface Verification {

  /**
   * Every record is whole and in its place.
   *
   * @param records how many
   * @param torn how many marked fragments stand between them
   * @param lastHash hash of the last record; 64 zeros when there is none
   */
  record Intact(long records, long torn, String lastHash) implements Verification {}

  /**
   * The first line that is not what was written there.
   *
   * @param line one-based
   * @param offset of its first byte in the file
   */
  record Broken(long line, long offset, String reason) implements Verification {}
}
