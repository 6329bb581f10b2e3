package org.hitc.session.store;

import java.time.Instant;

/** One conditional change of one entry. */
public sealed interface Change {

  /** The entry to change. */
  Key key();

  /** A new entry with version 1; holds only when there is none with this key. */
  static Change create(Key key, String owner, Instant expires, byte[] body) {
    return new Create(key, owner, expires, body);
  }

  /** A new body and expiry for an entry that is still as it was read. */
  static Change replace(Entry was, Instant expires, byte[] body) {
    return new Replace(was.key(), was.version(), expires, body);
  }

  /** No entry any more, if it is still as it was read. */
  static Change delete(Entry was) {
    return new Delete(was.key(), was.version());
  }

  /** See {@link #create}. */
  @SuppressWarnings("ArrayRecordComponent")
  record Create(Key key, String owner, Instant expires, byte[] body) implements Change {
    public Create {
      if (owner.length() > Entry.MAX_OWNER) {
        throw new IllegalArgumentException("the owner's name is too long");
      }
      requireSize(body);
      body = body.clone();
    }
  }

  /** See {@link #replace}. */
  @SuppressWarnings("ArrayRecordComponent")
  record Replace(Key key, long expected, Instant expires, byte[] body) implements Change {
    public Replace {
      requireSize(body);
      body = body.clone();
    }
  }

  /** See {@link #delete}. */
  record Delete(Key key, long expected) implements Change {}

  private static void requireSize(byte[] body) {
    if (body.length > Entry.MAX_BODY) {
      throw new IllegalArgumentException("the body is longer than " + Entry.MAX_BODY + " bytes");
    }
  }
}
