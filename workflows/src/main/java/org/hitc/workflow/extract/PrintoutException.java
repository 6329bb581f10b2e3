package org.hitc.workflow.extract;

/** A printout that cannot be read on; says where. */
public final class PrintoutException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient Place place;

  /** One-based page, line and column. */
  public record Place(int page, int line, int column) {}

  PrintoutException(int page, int line, int column, String message) {
    super(message);
    this.place = new Place(page, line, column);
  }

  /** Where. */
  public Place place() {
    return place;
  }
}
