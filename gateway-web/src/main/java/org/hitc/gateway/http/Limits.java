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
 * @param strangerBytes likewise, of somebody without a token that passes
 * @param uploadBytes likewise, of a form with files
 * @param fileBytes one of these files
 * @param formFields fields of a form
 * @param strangerBodies bytes of all bodies under way of those without a token that passes
 * @param userBodies bytes of all other bodies under way
 * @param pages bytes of all encoded pages that are being drawn or sent; drawing one takes several
 *     times as much
 * @param idle a connection on which nothing moves
 * @param leastBytesPerSecond slower senders are cut off
 */
public record Limits(
    int connections,
    int requests,
    int headerBytes,
    int formBytes,
    int strangerBytes,
    int uploadBytes,
    int fileBytes,
    int formFields,
    int strangerBodies,
    int userBodies,
    int pages,
    Duration idle,
    int leastBytesPerSecond) {

  private static final int KIB = 1024;

  /** Those of the product: together they fit the heap that the gateway is given. */
  public static Limits standard() {
    return new Limits(
        4096,
        512,
        8 * KIB,
        256 * KIB,
        16 * KIB,
        1024 * KIB,
        512 * KIB,
        200,
        1024 * KIB,
        3072 * KIB,
        2048 * KIB,
        Duration.ofSeconds(30),
        128);
  }
}
