package org.hitc.workflow.yaml;

/** Files that stand beside a definition: its copybooks. */
@FunctionalInterface
public interface Companions {
  /** A definition that stands alone. */
  Companions NONE = _ -> new Found.Missing();

  /**
   * Looks for a file.
   *
   * @param name a plain file name of letters, digits, {@code .}, {@code _} and {@code -}, not
   *     beginning with a point; never a path
   */
  Found find(String name);

  /** What became of it. */
  sealed interface Found {
    /** It is there and may be believed. */
    final class File implements Found {
      private final byte[] bytes;

      /** What stands in it. */
      public File(byte[] bytes) {
        this.bytes = bytes.clone();
      }

      byte[] bytes() {
        return bytes.clone();
      }
    }

    /** There is none of that name. */
    record Missing() implements Found {}

    /** It is there, and must not be read; {@code reason} is for whoever wrote it. */
    record Refused(String reason) implements Found {}
  }
}
