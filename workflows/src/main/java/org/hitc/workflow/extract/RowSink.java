package org.hitc.workflow.extract;

import java.io.IOException;

/** Takes the rows of a printout one by one. */
@FunctionalInterface
public interface RowSink {
  /**
   * A row.
   *
   * @param row only until this returns
   * @throws IOException when it cannot be passed on; reading ends
   */
  void row(Row row) throws IOException;
}
