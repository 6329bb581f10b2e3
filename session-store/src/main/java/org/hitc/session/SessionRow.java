package org.hitc.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hitc.channel.PageAddress;

/**
 * What the store keeps of a session, beside its id and its user.
 *
 * @param signIn how it began
 * @param absoluteEnd when it ends whatever happens
 * @param idle how long it lasts without activity
 * @param activeAt last activity written down
 * @param used highest sequence of a token that has come back to us
 * @param usedAt when it first did
 * @param issued highest sequence of a token signed: {@code used}, or one more
 * @param over set once it has ended; it never begins again
 * @param kept pages on which is kept what was typed too late, the newest first
 */
record SessionRow(
    Origin signIn,
    Instant absoluteEnd,
    Duration idle,
    Instant activeAt,
    long used,
    Instant usedAt,
    long issued,
    Optional<Over> over,
    List<PageAddress> kept) {

  /** Most pages on which something is kept; the token that asks for it authorises nothing else. */
  static final int MAX_KEPT = 8;

  /** Longest address that is remembered, in characters. */
  private static final int MAX_SOURCE = 64;

  /** Longest grant, in characters. */
  private static final int MAX_GRANT = 1024;

  private static final int FORM_WITHOUT_SOURCE = 1;
  private static final int FORM_WITHOUT_GRANT = 2;
  private static final int FORM = 3;

  /** Epoch of a session that began before epochs were written down. */
  private static final long UNKNOWN_EPOCH = -1;

  SessionRow {
    kept = List.copyOf(kept);
  }

  /**
   * How a session began.
   *
   * @param method how the user signed in
   * @param stamp of what the user signed in with ({@code UserEntry.stamp})
   * @param source address of the browser; empty when it is not known
   * @param epoch the user's revocation epoch then
   * @param at when
   * @param grant of a launcher, for as long as the session lives: a secret
   */
  record Origin(
      String method, String stamp, String source, long epoch, Instant at, Optional<String> grant) {
    Origin {
      if (source.length() > MAX_SOURCE || !source.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw new IllegalArgumentException("not the address of a browser");
      }
      if (grant.filter(text -> text.length() > MAX_GRANT).isPresent()) {
        throw new IllegalArgumentException("the grant is too long");
      }
    }

    Origin withoutGrant() {
      return new Origin(method, stamp, source, epoch, at, Optional.empty());
    }

    /** Without the grant. */
    @Override
    public String toString() {
      return "Origin[" + method + ", " + source + ", " + epoch + ", " + at + "]";
    }
  }

  /** How and when a session ended. */
  record Over(Ending why, Instant at) {}

  /** A session that begins. */
  static SessionRow begin(Origin signIn, Instant absoluteEnd, Duration idle) {
    return new SessionRow(
        signIn, absoluteEnd, idle, signIn.at(), 0, signIn.at(), 0, Optional.empty(), List.of());
  }

  String method() {
    return signIn.method();
  }

  String stamp() {
    return signIn.stamp();
  }

  String source() {
    return signIn.source();
  }

  Instant authenticatedAt() {
    return signIn.at();
  }

  /** False when an epoch has ended it. */
  boolean isOf(long epoch) {
    return signIn.epoch() == epoch || signIn.epoch() == UNKNOWN_EPOCH;
  }

  /** Until when it lasts if nothing more happens. */
  Instant idleEnd() {
    Instant idleEnd = activeAt.plus(idle);
    return idleEnd.isBefore(absoluteEnd) ? idleEnd : absoluteEnd;
  }

  /**
   * When it is over: activity since the last one written down is given to the user.
   *
   * @param activityStep how often activity is written down
   */
  Instant end(Duration activityStep) {
    Instant end = activeAt.plus(idle).plus(activityStep);
    return end.isBefore(absoluteEnd) ? end : absoluteEnd;
  }

  /** How it ends if nothing more happens. */
  Over timeout() {
    Instant idleEnd = activeAt.plus(idle);
    return idleEnd.isBefore(absoluteEnd)
        ? new Over(Ending.IDLE, idleEnd)
        : new Over(Ending.ABSOLUTE, absoluteEnd);
  }

  SessionRow withActivity(Instant now) {
    return new SessionRow(signIn, absoluteEnd, idle, now, used, usedAt, issued, over, kept);
  }

  /** A successor of the token in use has been signed. */
  SessionRow withSuccessor() {
    return new SessionRow(signIn, absoluteEnd, idle, activeAt, used, usedAt, used + 1, over, kept);
  }

  /** The successor has come back. */
  SessionRow withSuccessorUsed(Instant now) {
    return new SessionRow(signIn, absoluteEnd, idle, activeAt, issued, now, issued, over, kept);
  }

  /** What outlives a session is no grant. */
  SessionRow ended(Over how) {
    return new SessionRow(
        signIn.withoutGrant(),
        absoluteEnd,
        idle,
        activeAt,
        used,
        usedAt,
        issued,
        Optional.of(how),
        kept);
  }

  /** Whether something can be kept on one more page. */
  boolean hasRoom() {
    return kept.size() < MAX_KEPT;
  }

  /** With this page as one on which something is kept; empty when there is no room for it. */
  Optional<SessionRow> keeping(PageAddress page) {
    if (kept.contains(page)) {
      return Optional.of(this);
    }
    return hasRoom()
        ? Optional.of(
            new SessionRow(
                signIn,
                absoluteEnd,
                idle,
                activeAt,
                used,
                usedAt,
                issued,
                over,
                Stream.concat(Stream.of(page), kept.stream()).toList()))
        : Optional.empty();
  }

  SessionRow keepingNothing() {
    return new SessionRow(
        signIn, absoluteEnd, idle, activeAt, used, usedAt, issued, over, List.of());
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(192);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      out.writeUTF(signIn.method());
      out.writeUTF(signIn.stamp());
      out.writeLong(signIn.at().getEpochSecond());
      out.writeLong(absoluteEnd.getEpochSecond());
      out.writeLong(idle.toSeconds());
      out.writeLong(activeAt.toEpochMilli());
      out.writeLong(used);
      out.writeLong(usedAt.toEpochMilli());
      out.writeLong(issued);
      out.writeUTF(signIn.source());
      out.writeLong(signIn.epoch());
      out.writeBoolean(over.isPresent());
      if (over.isPresent()) {
        out.writeUTF(over.get().why().name());
        out.writeLong(over.get().at().toEpochMilli());
      }
      out.writeByte(kept.size());
      for (PageAddress page : kept) {
        out.writeUTF(page.workflow());
        out.writeUTF(page.visit());
        out.writeUTF(page.page());
      }
      out.writeBoolean(signIn.grant().isPresent());
      if (signIn.grant().isPresent()) {
        out.writeUTF(signIn.grant().get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads this form and those before it: one had no grant, the first neither address nor epoch.
   *
   * @throws IllegalStateException when these are not the bytes of {@link #encode}
   */
  static SessionRow decode(byte[] body) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(body))) {
      int form = in.readByte();
      if (form < FORM_WITHOUT_SOURCE || form > FORM) {
        throw new IllegalStateException("a session's row of an unknown form");
      }
      String method = in.readUTF();
      String stamp = in.readUTF();
      Instant at = Instant.ofEpochSecond(in.readLong());
      Instant absoluteEnd = Instant.ofEpochSecond(in.readLong());
      Duration idle = Duration.ofSeconds(in.readLong());
      Instant activeAt = Instant.ofEpochMilli(in.readLong());
      long used = in.readLong();
      Instant usedAt = Instant.ofEpochMilli(in.readLong());
      long issued = in.readLong();
      boolean whole = form >= FORM_WITHOUT_GRANT;
      String source = whole ? in.readUTF() : "";
      long epoch = whole ? in.readLong() : UNKNOWN_EPOCH;
      Optional<Over> over = whole ? over(in) : Optional.empty();
      List<PageAddress> kept = whole ? kept(in) : List.of();
      Optional<String> grant =
          form == FORM && in.readBoolean() ? Optional.of(in.readUTF()) : Optional.empty();
      if (in.available() != 0) {
        throw new IllegalStateException("a session's row with something behind it");
      }
      return new SessionRow(
          new Origin(method, stamp, source, epoch, at, grant),
          absoluteEnd,
          idle,
          activeAt,
          used,
          usedAt,
          issued,
          over,
          kept);
    } catch (IOException e) {
      throw new IllegalStateException("a session's row is cut off", e);
    }
  }

  private static Optional<Over> over(DataInputStream in) throws IOException {
    return in.readBoolean()
        ? Optional.of(new Over(Ending.valueOf(in.readUTF()), Instant.ofEpochMilli(in.readLong())))
        : Optional.empty();
  }

  private static List<PageAddress> kept(DataInputStream in) throws IOException {
    int pages = in.readByte();
    List<PageAddress> kept = new ArrayList<>();
    for (int i = 0; i < pages; i++) {
      kept.add(new PageAddress(in.readUTF(), in.readUTF(), in.readUTF()));
    }
    return kept;
  }
}
