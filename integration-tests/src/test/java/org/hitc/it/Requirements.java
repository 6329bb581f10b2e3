package org.hitc.it;

import org.junit.jupiter.api.Assumptions;

/** What only some machines have: tests that need it are skipped elsewhere, with the reason. */
public final class Requirements {
  private Requirements() {}

  /** Steps that run as the signed-in user. */
  public static void others() {
    Assumptions.assumeTrue(
        Product.isReal(), "needs root: only root can start programs as other users");
  }
}
