package org.hitc.channel.hole;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.RequestId;
import org.hitc.channel.codec.Frame;
import org.hitc.channel.codec.FrameWriter;
import org.hitc.channel.codec.RecordCodec;

/**
 * The way back for one request. Heartbeats go out by themselves while the handler works. Token and
 * reply wait for the first data or the end to go with them, so that a short reply is one write and
 * wakes its reader once.
 *
 * <p>After a {@link ReplyBrokenException} nothing else can come from the methods that write.
 */
public final class Replier {
  private final RequestId id;
  private final OutPipe out;
  private final FrameWriter frames = new FrameWriter();
  private final ReentrantLock lock = new ReentrantLock();
  private final CompletableFuture<Refusal> broken = new CompletableFuture<>();

  private Optional<String> heldToken = Optional.empty();
  private Optional<byte[]> heldReply = Optional.empty();

  /** Of a heartbeat that found the pipe full: it is in the digest, so it must go first. */
  private byte[] unwritten = {};

  private boolean replied;
  private boolean ended;
  private boolean wroteSinceTick = true;
  private String outcome = Frame.End.OK;

  Replier(RequestId id, OutPipe out) {
    this.id = id;
    this.out = out;
  }

  /** The request that is being answered. */
  public RequestId id() {
    return id;
  }

  /**
   * Hands over a new session token, with the reply.
   *
   * @throws IllegalStateException the second time, or after data
   */
  public void token(String token) {
    Frame.Token checked = new Frame.Token(token);
    lock.lock();
    try {
      requireHeld(heldToken.isEmpty());
      heldToken = Optional.of(checked.token());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives the reply. A {@link Reply.Refused} also gives its outcome to the end frame.
   *
   * @throws IllegalStateException the second time
   */
  public void reply(Reply reply) {
    byte[] bytes = RecordCodec.encode(reply);
    lock.lock();
    try {
      requireHeld(!replied);
      replied = true;
      heldReply = Optional.of(bytes);
      if (reply instanceof Reply.Refused refused) {
        outcome = refused.why().code();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives bytes of a {@link Reply.File}, after it. Waits for the reader within the limits.
   *
   * @throws IllegalStateException before the reply
   */
  public void data(byte[] bytes, int offset, int length) throws ReplyBrokenException {
    lock.lock();
    try {
      requireHeld(replied);
      flushHeld();
      write(frames.data(bytes, offset, length));
    } finally {
      lock.unlock();
    }
  }

  /** Says that what was given so far is not whole, and why: the outcome in the end frame. */
  public void fail(Refusal why) {
    lock.lock();
    try {
      outcome = why.code();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Completes with the reason as soon as it is known that the reply cannot be delivered, within a
   * heartbeat of the reader's going away, so that a program can be stopped that nobody waits for.
   */
  public CompletableFuture<Refusal> broken() {
    return broken.copy();
  }

  boolean hasReplied() {
    lock.lock();
    try {
      return replied;
    } finally {
      lock.unlock();
    }
  }

  /** Writes the end, once. */
  void end() throws ReplyBrokenException {
    lock.lock();
    try {
      if (!ended) {
        flushHeld();
        ended = true;
        write(frames.end(outcome));
      }
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      ended = true;
      out.close();
    } finally {
      lock.unlock();
    }
  }

  /** Called twice in the longest time without a frame. Never waits. */
  void tick() {
    // Whoever holds the lock is writing: the reader has something to read.
    if (!lock.tryLock()) {
      return;
    }
    try {
      if (!wroteSinceTick && !ended && !broken.isDone() && unwritten.length == 0) {
        byte[] heartbeat = frames.heartbeat();
        unwritten = out.offer(heartbeat) ? new byte[0] : heartbeat;
      }
      wroteSinceTick = false;
    } catch (ReplyBrokenException e) {
      broken.complete(e.why());
    } finally {
      lock.unlock();
    }
  }

  private void requireHeld(boolean inOrder) {
    if (!inOrder || ended) {
      throw new IllegalStateException("token, reply, data: in this order, the first two once");
    }
  }

  private void flushHeld() {
    byte[] token = heldToken.map(frames::token).orElseGet(() -> new byte[0]);
    byte[] reply = heldReply.map(frames::page).orElseGet(() -> new byte[0]);
    heldToken = Optional.empty();
    heldReply = Optional.empty();
    unwritten = join(join(unwritten, token), reply);
  }

  private void write(byte[] bytes) throws ReplyBrokenException {
    byte[] all = join(unwritten, bytes);
    unwritten = new byte[0];
    wroteSinceTick = true;
    try {
      out.write(all);
    } catch (ReplyBrokenException e) {
      broken.complete(e.why());
      throw e;
    }
  }

  private static byte[] join(byte[] first, byte[] second) {
    if (first.length == 0 || second.length == 0) {
      return first.length == 0 ? second : first;
    }
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
