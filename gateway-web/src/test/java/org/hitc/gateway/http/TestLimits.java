package org.hitc.gateway.http;

import java.time.Duration;

/** The limits of the product, but for one. */
final class TestLimits {

  private static final Limits STANDARD = Limits.standard();

  private TestLimits() {}

  static Limits idle(Duration idle) {
    return with(STANDARD.strangerBodies(), STANDARD.userBodies(), STANDARD.pages(), idle);
  }

  static Limits bodies(int strangers, int users) {
    return with(strangers, users, STANDARD.pages(), STANDARD.idle());
  }

  static Limits pages(int bytes) {
    return with(STANDARD.strangerBodies(), STANDARD.userBodies(), bytes, STANDARD.idle());
  }

  private static Limits with(int strangers, int users, int pages, Duration idle) {
    return new Limits(
        STANDARD.connections(),
        STANDARD.requests(),
        STANDARD.headerBytes(),
        STANDARD.formBytes(),
        STANDARD.strangerBytes(),
        STANDARD.uploadBytes(),
        STANDARD.fileBytes(),
        STANDARD.formFields(),
        strangers,
        users,
        pages,
        idle,
        STANDARD.leastBytesPerSecond());
  }
}
