package org.hitc.gateway.http;

import java.time.Duration;

/**
 * How much of everything may come in. Each is a bound on what one stranger can make us hold.
 *
 * @param connections open connections; at the limit idle ones are closed sooner and no more are
 *     accepted
 * @param requests requests that are worked on at the same time; each waits on a virtual thread
 * @param headerBytes request line and header fields
 * @param formBytes body of a form
 * @param formFields fields of a form
 * @param idle a connection on which nothing moves
 * @param leastBytesPerSecond slower senders are cut off
 */
public record Limits(
    int connections,
    int requests,
    int headerBytes,
    int formBytes,
    int formFields,
    Duration idle,
    int leastBytesPerSecond) {

  /** Those of the product. */
  public static Limits standard() {
    return new Limits(4096, 512, 8 * 1024, 256 * 1024, 200, Duration.ofSeconds(30), 128);
  }
}
