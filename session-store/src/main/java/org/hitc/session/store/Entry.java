package org.hitc.session.store;

import java.time.Instant;

/**
 * What the store holds under a key.
 *
 * @param version 1 when created, one more at each replacement
 * @param owner whom {@link Store#list} finds it for; fixed at creation
 * @param expires from when on it may be removed, in milliseconds; until it is, it can still be read
 * @param body bytes whose meaning is the writer's
 */
@SuppressWarnings("ArrayRecordComponent") // bodies are handed through, entries never compared
public record Entry(Key key, long version, String owner, Instant expires, byte[] body) {

  /** For what is never removed by age. */
  public static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

  /** Longest body, in bytes. */
  public static final int MAX_BODY = 4 << 20;

  /** Longest owner, in characters. */
  public static final int MAX_OWNER = 128;

  public Entry {
    body = body.clone();
  }

  @Override
  public byte[] body() {
    return body.clone();
  }
}
