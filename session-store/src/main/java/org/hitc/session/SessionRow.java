package org.hitc.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;

/**
 * What the store keeps of a session, beside its id and its user.
 *
 * @param method how the user signed in
 * @param stamp of what the user signed in with ({@code UserEntry.stamp})
 * @param authenticatedAt when
 * @param absoluteEnd when it ends whatever happens
 * @param idle how long it lasts without activity
 * @param activeAt last activity written down
 * @param used highest sequence of a token that has come back to us
 * @param usedAt when it first did
 * @param issued highest sequence of a token signed: {@code used}, or one more
 */
record SessionRow(
    String method,
    String stamp,
    Instant authenticatedAt,
    Instant absoluteEnd,
    Duration idle,
    Instant activeAt,
    long used,
    Instant usedAt,
    long issued) {

  private static final int FORM = 1;

  /** A session that begins. */
  static SessionRow begin(
      String method, String stamp, Instant now, Instant absoluteEnd, Duration idle) {
    return new SessionRow(method, stamp, now, absoluteEnd, idle, now, 0, now, 0);
  }

  SessionRow withActivity(Instant now) {
    return new SessionRow(
        method, stamp, authenticatedAt, absoluteEnd, idle, now, used, usedAt, issued);
  }

  /** A successor of the token in use has been signed. */
  SessionRow withSuccessor() {
    return new SessionRow(
        method, stamp, authenticatedAt, absoluteEnd, idle, activeAt, used, usedAt, used + 1);
  }

  /** The successor has come back. */
  SessionRow withSuccessorUsed(Instant now) {
    return new SessionRow(
        method, stamp, authenticatedAt, absoluteEnd, idle, activeAt, issued, now, issued);
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      out.writeUTF(method);
      out.writeUTF(stamp);
      out.writeLong(authenticatedAt.getEpochSecond());
      out.writeLong(absoluteEnd.getEpochSecond());
      out.writeLong(idle.toSeconds());
      out.writeLong(activeAt.toEpochMilli());
      out.writeLong(used);
      out.writeLong(usedAt.toEpochMilli());
      out.writeLong(issued);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IllegalStateException when these are not the bytes of {@link #encode}
   */
  static SessionRow decode(byte[] body) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(body))) {
      if (in.readByte() != FORM) {
        throw new IllegalStateException("a session's row of an unknown form");
      }
      SessionRow row =
          new SessionRow(
              in.readUTF(),
              in.readUTF(),
              Instant.ofEpochSecond(in.readLong()),
              Instant.ofEpochSecond(in.readLong()),
              Duration.ofSeconds(in.readLong()),
              Instant.ofEpochMilli(in.readLong()),
              in.readLong(),
              Instant.ofEpochMilli(in.readLong()),
              in.readLong());
      if (in.available() != 0) {
        throw new IllegalStateException("a session's row with something behind it");
      }
      return row;
    } catch (IOException e) {
      throw new IllegalStateException("a session's row is cut off", e);
    }
  }
}
