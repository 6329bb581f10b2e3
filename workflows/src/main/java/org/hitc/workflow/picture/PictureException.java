package org.hitc.workflow.picture;

/** A text that is not a picture, or one that is not supported; the message says why. */
public final class PictureException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int offset;

  PictureException(int offset, String message) {
    super(message);
    this.offset = offset;
  }

  /** Zero-based offset in the text at which it stops making sense. */
  public int offset() {
    return offset;
  }
}
