package org.hitc.channel.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the frames in what comes out of a results pipe, however the reads cut it up, and checks
 * them: {@link #feed} what was read, then take {@link #next} until it is empty, again and again.
 *
 * <p>Frames are given out as they come, so that data can flow on; only {@link Complete} says that
 * together they are a whole reply. A hang-up while the state is still {@link Reading} means that
 * the listener died ({@link org.hitc.channel.Refusal#RESULT_TRUNCATED}). Not safe for use by
 * several threads.
 */
public final class FrameReader {
  /** The most bytes to {@link #feed} at once. */
  public static final int MAX_FEED = Frame.HEAD + Frame.MAX_PAYLOAD;

  private static final int INITIAL_CAPACITY = 8192;

  private final MessageDigest digest = Sha256.create();
  private final FrameOrder order = new FrameOrder();
  private long pageBytes;
  private long dataBytes;

  /** Fed and not yet taken: from {@code start} to {@code end}. */
  private byte[] buffer = new byte[INITIAL_CAPACITY];

  private int start;
  private int end;
  private State state = new Reading();

  /** How far the reply has come. */
  public sealed interface State {}

  /** No end yet, nothing wrong yet. */
  public record Reading() implements State {}

  /** The whole reply is there, and its counts and digest are right. */
  public record Complete(Frame.End end) implements State {}

  /** It is no reply; nothing more comes out of this reader. */
  public record Broken(Problem problem) implements State {}

  /** What is wrong with a reply. */
  public enum Problem {
    /** A type byte that is none of the five. */
    UNKNOWN_TYPE,
    /** A length over {@link Frame#MAX_PAYLOAD}, or one that this type cannot have. */
    LENGTH,
    /** A page or token after data, a second token. */
    ORDER,
    /** More page bytes than {@link RecordCodec#MAX_BYTES}. */
    PAGE_TOO_LONG,
    /** A token that is not printable ASCII. */
    TOKEN,
    /** An end with an unknown outcome. */
    OUTCOME,
    /** Counts in the end that are not those of the frames before it. */
    COUNTS,
    /** A digest in the end that is not that of the frames before it. */
    DIGEST,
    /** Bytes after the end. */
    AFTER_END
  }

  /**
   * Takes the next bytes of the pipe; they are copied.
   *
   * @param length at most {@link #MAX_FEED}
   * @throws IllegalStateException when so much has been fed without taking {@link #next} until it
   *     is empty that two longest frames would not hold it
   */
  public void feed(byte[] bytes, int offset, int length) {
    if (state instanceof Broken || length == 0) {
      return;
    }
    if (state instanceof Complete) {
      fail(Problem.AFTER_END);
      return;
    }
    makeRoom(length);
    System.arraycopy(bytes, offset, buffer, end, length);
    end += length;
  }

  /** The next whole frame, if there is one and nothing is wrong. */
  public Optional<Frame> next() {
    if (!(state instanceof Reading) || end - start < Frame.HEAD) {
      return Optional.empty();
    }
    byte type = buffer[start];
    int length = ByteBuffer.wrap(buffer).getInt(start + 1);
    if (!FrameOrder.isType(type)) {
      return fail(Problem.UNKNOWN_TYPE);
    }
    if (!isLength(type, length)) {
      return fail(Problem.LENGTH);
    }
    if (end - start - Frame.HEAD < length) {
      return Optional.empty();
    }
    if (!order.allows(type)) {
      return fail(Problem.ORDER);
    }
    return take(type, length);
  }

  /** How far the reply has come. */
  public State state() {
    return state;
  }

  private static boolean isLength(byte type, int length) {
    int fixedOfEnd = 2 * Long.BYTES + Frame.End.DIGEST_LENGTH;
    return switch (type) {
      case FrameOrder.HEARTBEAT -> length == 0;
      case FrameOrder.TOKEN -> length >= 1 && length <= Frame.Token.MAX_LENGTH;
      case FrameOrder.END -> length > fixedOfEnd && length <= fixedOfEnd + 64;
      default -> length >= 1 && length <= Frame.MAX_PAYLOAD;
    };
  }

  private Optional<Frame> take(byte type, int length) {
    int from = start + Frame.HEAD;
    byte[] payload = Arrays.copyOfRange(buffer, from, from + length);
    if (type != FrameOrder.END) {
      digest.update(buffer, start, Frame.HEAD + length);
    }
    start = from + length;
    return switch (type) {
      case FrameOrder.PAGE -> takePage(payload);
      case FrameOrder.DATA -> takeData(payload);
      case FrameOrder.TOKEN -> takeToken(payload);
      case FrameOrder.END -> takeEnd(ByteBuffer.wrap(payload));
      default -> Optional.of(new Frame.Heartbeat());
    };
  }

  private Optional<Frame> takePage(byte[] payload) {
    pageBytes += payload.length;
    return pageBytes > RecordCodec.MAX_BYTES
        ? fail(Problem.PAGE_TOO_LONG)
        : Optional.of(new Frame.PagePart(payload));
  }

  private Optional<Frame> takeData(byte[] payload) {
    dataBytes += payload.length;
    return Optional.of(new Frame.Data(payload));
  }

  private Optional<Frame> takeToken(byte[] payload) {
    String token = new String(payload, US_ASCII);
    return Frame.Token.isValid(token) ? Optional.of(new Frame.Token(token)) : fail(Problem.TOKEN);
  }

  private Optional<Frame> takeEnd(ByteBuffer payload) {
    long pages = payload.getLong();
    long data = payload.getLong();
    byte[] sha256 = new byte[Frame.End.DIGEST_LENGTH];
    payload.get(sha256);
    String outcome = US_ASCII.decode(payload).toString();
    if (!Frame.End.isOutcome(outcome)) {
      return fail(Problem.OUTCOME);
    }
    if (pages != pageBytes || data != dataBytes) {
      return fail(Problem.COUNTS);
    }
    if (!MessageDigest.isEqual(sha256, digest.digest())) {
      return fail(Problem.DIGEST);
    }
    if (start != end) {
      return fail(Problem.AFTER_END);
    }
    Frame.End frame = new Frame.End(outcome, pages, data, sha256);
    state = new Complete(frame);
    return Optional.of(frame);
  }

  private Optional<Frame> fail(Problem problem) {
    state = new Broken(problem);
    buffer = new byte[0];
    start = 0;
    end = 0;
    return Optional.empty();
  }

  private void makeRoom(int length) {
    int kept = end - start;
    if (length > MAX_FEED || kept > MAX_FEED) {
      throw new IllegalStateException("take the frames that are there before feeding more");
    }
    if (end + length > buffer.length) {
      int capacity = Math.max(buffer.length, Integer.highestOneBit(kept + length) << 1);
      byte[] roomy = capacity == buffer.length ? buffer : new byte[capacity];
      System.arraycopy(buffer, start, roomy, 0, kept);
      buffer = roomy;
      start = 0;
      end = kept;
    }
  }
}
