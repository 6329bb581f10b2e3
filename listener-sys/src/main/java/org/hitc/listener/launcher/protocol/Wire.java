package org.hitc.listener.launcher.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one way to write and read a message: its length in bytes (4, big endian), then strings, each
 * its length in bytes (4) and UTF-8. The first string says what it is.
 */
public final class Wire {
  /** Longest message, in bytes, without its own length. */
  public static final int MAX = 64 * 1024;

  /** Bytes that say how long a message is. */
  public static final int HEADER = Integer.BYTES;

  private static final int MAX_STRINGS = 300;

  private Wire() {}

  /** A message that is none. */
  public static final class WireException extends Exception {
    private static final long serialVersionUID = 1L;

    WireException(String message) {
      super(message);
    }
  }

  /**
   * How long the message is that begins with these bytes.
   *
   * @throws WireException when it is longer than {@link #MAX}
   */
  public static int length(byte[] header) throws WireException {
    int length = ByteBuffer.wrap(header).getInt();
    if (length < 0 || length > MAX) {
      throw new WireException("a message of " + length + " bytes");
    }
    return length;
  }

  /**
   * A question with its header.
   *
   * @throws IllegalArgumentException when it is too long
   */
  public static byte[] encode(Ask ask) {
    return switch (ask) {
      case Ask.Grant(String user) -> write("grant", user);
      case Ask.Revoke(String grant) -> write("revoke", grant);
      case Ask.RevokeUser(String user) -> write("revoke-user", user);
      case Ask.RevokeAll() -> write("revoke-all");
      case Ask.Run run -> {
        List<String> strings =
            new ArrayList<>(
                List.of(
                    "run",
                    run.grant(),
                    run.account(),
                    run.entry(),
                    run.job(),
                    run.language(),
                    run.zone()));
        strings.addAll(run.args());
        yield write(strings.toArray(String[]::new));
      }
    };
  }

  /** An answer with its header. */
  public static byte[] encode(Answer answer) {
    return switch (answer) {
      case Answer.Granted(String grant) -> write("granted", grant);
      case Answer.Done() -> write("done");
      case Answer.Refused(RunRefusal why, String detail) -> write("refused", why.name(), detail);
      case Answer.Started(int pid) -> write("started", Integer.toString(pid));
      case Answer.Exited(int code) -> write("exited", Integer.toString(code));
      case Answer.Signalled(int signal) -> write("signalled", Integer.toString(signal));
    };
  }

  /**
   * Reads a question.
   *
   * @param message without its header
   */
  public static Ask ask(byte[] message) throws WireException {
    List<String> strings = read(message);
    int count = strings.size();
    return switch (strings.getFirst()) {
      case String what when what.equals("grant") && count == 2 -> new Ask.Grant(strings.get(1));
      case String what when what.equals("revoke") && count == 2 -> new Ask.Revoke(strings.get(1));
      case String what when what.equals("revoke-user") && count == 2 ->
          new Ask.RevokeUser(strings.get(1));
      case String what when what.equals("revoke-all") && count == 1 -> new Ask.RevokeAll();
      case String what when what.equals("run") && count >= 7 ->
          new Ask.Run(
              strings.get(1),
              strings.get(2),
              strings.get(3),
              strings.subList(7, count),
              strings.get(4),
              strings.get(5),
              strings.get(6));
      default -> throw new WireException("no question");
    };
  }

  /**
   * Reads an answer.
   *
   * @param message without its header
   */
  public static Answer answer(byte[] message) throws WireException {
    List<String> strings = read(message);
    int count = strings.size();
    return switch (strings.getFirst()) {
      case String what when what.equals("granted") && count == 2 ->
          new Answer.Granted(strings.get(1));
      case String what when what.equals("done") && count == 1 -> new Answer.Done();
      case String what when what.equals("refused") && count == 3 ->
          new Answer.Refused(why(strings.get(1)), strings.get(2));
      case String what when what.equals("started") && count == 2 ->
          new Answer.Started(number(strings.get(1)));
      case String what when what.equals("exited") && count == 2 ->
          new Answer.Exited(number(strings.get(1)));
      case String what when what.equals("signalled") && count == 2 ->
          new Answer.Signalled(number(strings.get(1)));
      default -> throw new WireException("no answer");
    };
  }

  private static RunRefusal why(String name) throws WireException {
    try {
      return RunRefusal.valueOf(name);
    } catch (IllegalArgumentException _) {
      throw new WireException("no refusal");
    }
  }

  private static int number(String digits) throws WireException {
    if (!digits.matches("[0-9]{1,9}")) {
      throw new WireException("no number");
    }
    return Integer.parseInt(digits);
  }

  private static byte[] write(String... strings) {
    List<byte[]> all = new ArrayList<>();
    int length = 0;
    for (String string : strings) {
      byte[] bytes = bytes(string);
      all.add(bytes);
      length += Integer.BYTES + bytes.length;
    }
    if (length > MAX || strings.length > MAX_STRINGS) {
      throw new IllegalArgumentException("a message that is too long");
    }
    ByteBuffer message = ByteBuffer.allocate(HEADER + length).putInt(length);
    all.forEach(bytes -> message.putInt(bytes.length).put(bytes));
    return message.array();
  }

  private static byte[] bytes(String string) {
    try {
      ByteBuffer encoded =
          UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .encode(java.nio.CharBuffer.wrap(string));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not to be written in UTF-8", e);
    }
  }

  private static List<String> read(byte[] message) throws WireException {
    ByteBuffer left = ByteBuffer.wrap(message);
    List<String> strings = new ArrayList<>();
    while (left.hasRemaining()) {
      if (strings.size() == MAX_STRINGS) {
        throw new WireException("too many strings");
      }
      strings.add(next(left).orElseThrow(() -> new WireException("a torn string")));
    }
    if (strings.isEmpty()) {
      throw new WireException("nothing");
    }
    return strings;
  }

  private static Optional<String> next(ByteBuffer left) {
    try {
      int length = left.getInt();
      if (length < 0 || length > left.remaining()) {
        return Optional.empty();
      }
      ByteBuffer bytes = left.slice(left.position(), length);
      left.position(left.position() + length);
      return Optional.of(
          UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(bytes)
              .toString());
    } catch (BufferUnderflowException | CharacterCodingException _) {
      return Optional.empty();
    }
  }
}
