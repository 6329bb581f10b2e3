package org.hitc.channel.codec;

/** The types of frames, and which may follow which: one rule for writer and reader. */
final class FrameOrder {
  static final byte PAGE = 'p';
  static final byte DATA = 'd';
  static final byte TOKEN = 't';
  static final byte HEARTBEAT = 'h';
  static final byte END = 'E';

  private boolean token;
  private boolean data;
  private boolean end;

  static boolean isType(byte type) {
    return switch (type) {
      case PAGE, DATA, TOKEN, HEARTBEAT, END -> true;
      default -> false;
    };
  }

  /** Whether a frame of this type may come now; if so, it has come. */
  boolean allows(byte type) {
    boolean allowed =
        !end
            && switch (type) {
              case PAGE -> !data;
              case TOKEN -> !data && !token;
              case DATA, HEARTBEAT, END -> true;
              default -> false;
            };
    if (allowed) {
      token |= type == TOKEN;
      data |= type == DATA;
      end |= type == END;
    }
    return allowed;
  }
}
