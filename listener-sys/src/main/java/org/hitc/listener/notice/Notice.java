package org.hitc.listener.notice;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import org.hitc.session.store.Change;
import org.hitc.session.store.Entry;
import org.hitc.session.store.Key;
import org.hitc.session.store.Kind;

/**
 * What an operator's command did. It has no place for a secret.
 *
 * @param by who did it, as {@link Operator} says
 * @param what such as {@code sessions-end}
 * @param subject to what, such as {@code user anna}
 * @param done when
 */
public record Notice(String by, String what, String subject, Instant done) {
  /** Longest part, in characters. */
  public static final int MAX_PART = 200;

  private static final String EVERYBODY = "*";
  private static final int ID_BYTES = 16;
  private static final int FORM = 1;

  /**
   * @throws IllegalArgumentException when a part is longer than {@link #MAX_PART}
   */
  public Notice {
    if (Math.max(by.length(), Math.max(what.length(), subject.length())) > MAX_PART) {
      throw new IllegalArgumentException("a part of a notice is too long");
    }
  }

  /** The change that leaves this notice; to be written together with what it tells of. */
  public Change left(SecureRandom random) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    Key key = new Key(Kind.NOTICE, HexFormat.of().formatHex(id));
    return Change.create(key, EVERYBODY, Entry.NEVER, encode());
  }

  private byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      out.writeUTF(by);
      out.writeUTF(what);
      out.writeUTF(subject);
      out.writeLong(done.toEpochMilli());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what was left.
   *
   * @throws IOException when it was left by a version that this one does not understand
   */
  static Notice decode(byte[] body) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(body))) {
      if (in.readByte() != FORM) {
        throw new IOException("a notice of an unknown form");
      }
      Notice notice =
          new Notice(in.readUTF(), in.readUTF(), in.readUTF(), Instant.ofEpochMilli(in.readLong()));
      if (in.available() != 0) {
        throw new IOException("a notice with something behind it");
      }
      return notice;
    } catch (IllegalArgumentException e) {
      throw new IOException("a notice that is too long", e);
    }
  }
}
