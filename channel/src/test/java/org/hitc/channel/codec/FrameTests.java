package org.hitc.channel.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.codec.FrameReader.Broken;
import org.hitc.channel.codec.FrameReader.Complete;
import org.hitc.channel.codec.FrameReader.Problem;
import org.hitc.channel.codec.FrameReader.Reading;
import org.hitc.channel.codec.FrameReader.State;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FrameTests {
  private static final byte[] PAGE = "page".getBytes(US_ASCII);
  private static final byte[] DATA = "data!".getBytes(US_ASCII);

  /** A token, two parts of a page, heartbeats, data and the right end. */
  private static byte[] reply() {
    FrameWriter writer = new FrameWriter();
    return join(
        writer.heartbeat(),
        writer.token("v4.public.abc"),
        writer.page(PAGE),
        writer.page(PAGE),
        writer.data(DATA, 0, DATA.length),
        writer.heartbeat(),
        writer.end(Frame.End.OK));
  }

  @Nested
  class A_whole_reply {
    @Test
    void has_the_frozen_bytes() {
      FrameWriter writer = new FrameWriter();
      byte[] moved =
          RecordCodec.encode(new Reply.Moved(new PageAddress("budget_12", "9f3a", "p2")));
      byte[] bytes = join(writer.page(moved), writer.end(Frame.End.OK));

      assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(FROZEN);
    }

    @Test
    void gives_the_same_frames_at_every_two_split_points() {
      byte[] reply = reply();
      List<Frame> expected = readInSteps(reply, reply.length).frames;
      assertThat(expected).hasSize(7).last().isInstanceOf(Frame.End.class);

      for (int first = 0; first <= reply.length; first++) {
        for (int second = first; second <= reply.length; second++) {
          Read read = new Read();
          read.feed(reply, 0, first);
          read.feed(reply, first, second - first);
          read.feed(reply, second, reply.length - second);
          assertThat(read.frames).as("cut at %d, %d", first, second).isEqualTo(expected);
          assertThat(read.state()).isInstanceOf(Complete.class);
        }
      }
    }

    @Test
    void of_any_length_is_split_into_frames_and_joined_again() {
      Random random = new Random(4);
      for (int length :
          new int[] {
            1, Frame.MAX_PAYLOAD - 1, Frame.MAX_PAYLOAD, Frame.MAX_PAYLOAD + 1, 5_000_000
          }) {
        byte[] page = new byte[length];
        random.nextBytes(page);
        FrameWriter writer = new FrameWriter();
        byte[] bytes =
            join(writer.page(page), writer.data(page, 0, length), writer.end(Frame.End.OK));

        Read read = readInSteps(bytes, 4096);

        assertThat(read.pages.toByteArray()).isEqualTo(page);
        assertThat(read.data.toByteArray()).isEqualTo(page);
        assertThat(read.state())
            .isInstanceOfSatisfying(
                Complete.class,
                c -> {
                  assertThat(c.end().pageBytes()).isEqualTo(length);
                  assertThat(c.end().dataBytes()).isEqualTo(length);
                  assertThat(c.end().refusal()).isEmpty();
                });
      }
    }

    @Test
    void may_be_nothing_but_an_end_that_names_a_refusal() {
      Read read = readInSteps(new FrameWriter().end(Refusal.BUSY.code()), 1);

      assertThat(read.state())
          .isInstanceOfSatisfying(
              Complete.class, c -> assertThat(c.end().refusal()).contains(Refusal.BUSY));
    }

    @Test
    void may_hold_what_looks_like_frames_of_its_own() {
      byte[] framed = reply();
      FrameWriter writer = new FrameWriter();
      byte[] bytes = join(writer.data(framed, 0, framed.length), writer.end(Frame.End.OK));

      Read read = readInSteps(bytes, 3);

      assertThat(read.data.toByteArray()).isEqualTo(framed);
      assertThat(read.frames).hasSize(2);
      assertThat(read.state()).isInstanceOf(Complete.class);
    }

    @Test
    void takes_data_from_the_middle_of_an_array_only() {
      FrameWriter writer = new FrameWriter();
      byte[] bytes = join(writer.data(DATA, 1, 3), writer.data(DATA, 2, 0), writer.end("OK"));

      assertThat(readInSteps(bytes, 100).data.toByteArray()).isEqualTo("ata".getBytes(US_ASCII));
    }
  }

  @Nested
  class A_reply_that_is_not_whole {
    @Test
    void is_never_complete_at_any_truncation() {
      byte[] reply = reply();
      for (int length = 0; length < reply.length; length++) {
        assertThat(readInSteps(Arrays.copyOf(reply, length), 7).state())
            .as("%d bytes", length)
            .isEqualTo(new Reading());
      }
    }

    @Test
    void is_never_complete_after_any_flipped_bit() {
      byte[] reply = reply();
      for (int bit = 0; bit < reply.length * 8; bit++) {
        byte[] flipped = reply.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        State state = readInSteps(flipped, reply.length).state();
        assertThat(state).as("bit %d", bit).isNotInstanceOf(Complete.class);
      }
    }

    @Test
    void is_broken_by_a_left_out_doubled_or_moved_frame() {
      FrameWriter writer = new FrameWriter();
      List<byte[]> frames =
          List.of(
              writer.page(PAGE),
              writer.heartbeat(),
              writer.data(DATA, 0, 5),
              writer.data(PAGE, 0, 4),
              writer.end("OK"));
      for (int i = 0; i < frames.size() - 1; i++) {
        List<byte[]> without = new ArrayList<>(frames);
        byte[] frame = without.remove(i);
        List<byte[]> doubled = new ArrayList<>(frames);
        doubled.add(i, frame);
        List<byte[]> moved = new ArrayList<>(without);
        moved.add(i == 0 ? 1 : i - 1, frame);
        for (List<byte[]> changed : List.of(without, doubled, moved)) {
          assertThat(readInSteps(join(changed.toArray(byte[][]::new)), 9).state())
              .isInstanceOf(Broken.class);
        }
      }
      assertThat(readInSteps(join(frames.toArray(byte[][]::new)), 9).state())
          .isInstanceOf(Complete.class);
    }
  }

  @Nested
  class What_is_wrong_has_a_name {
    @Test
    void every_other_type_byte() {
      for (int type = 0; type < 256; type++) {
        if ("pdthE".indexOf(type) < 0) {
          assertBroken(Problem.UNKNOWN_TYPE, frame((char) type, new byte[1]));
        }
      }
    }

    @Test
    void a_length_that_the_type_cannot_have_before_its_payload_comes() {
      for (char type : "pdthE".toCharArray()) {
        for (int length : new int[] {65_532, 65_536, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
          assertBroken(Problem.LENGTH, head(type, length));
        }
      }
      assertBroken(Problem.LENGTH, head('p', 0));
      assertBroken(Problem.LENGTH, head('d', 0));
      assertBroken(Problem.LENGTH, head('t', 0));
      assertBroken(Problem.LENGTH, head('t', 4097));
      assertBroken(Problem.LENGTH, head('h', 1));
      assertBroken(Problem.LENGTH, head('E', 48));
      assertBroken(Problem.LENGTH, head('E', 113));
    }

    @Test
    void an_order_that_is_not_the_protocols() {
      byte[] page = frame('p', PAGE);
      byte[] data = frame('d', DATA);
      byte[] token = frame('t', "abc".getBytes(US_ASCII));
      assertBroken(Problem.ORDER, data, page);
      assertBroken(Problem.ORDER, data, token);
      assertBroken(Problem.ORDER, token, token);
      assertThat(readInSteps(join(page, token, page, data, data), 5).state())
          .isEqualTo(new Reading());
    }

    @Test
    void a_token_that_could_break_a_header() {
      for (int c = 0; c < 256; c++) {
        if (c <= ' ' || c >= 0x7f) {
          assertBroken(Problem.TOKEN, frame('t', new byte[] {'a', (byte) c}));
        }
      }
    }

    @Test
    void an_end_that_does_not_fit_what_came_before() {
      byte[] end = reply();
      int at = end.length - 48 - 2;
      assertBroken(Problem.OUTCOME, with(end, end.length - 1, 'k'));
      assertBroken(Problem.COUNTS, with(end, at + 7, 9));
      assertBroken(Problem.COUNTS, with(end, at + 15, 9));
      assertBroken(Problem.DIGEST, with(end, at + 16, end[at + 16] ^ 1));
    }

    @Test
    void a_page_without_end() {
      byte[] part = frame('p', new byte[Frame.MAX_PAYLOAD]);
      FrameReader reader = new FrameReader();
      int parts = 0;
      while (reader.state() instanceof Reading) {
        reader.feed(part, 0, part.length);
        Optional<Frame> frame = reader.next();
        parts += frame.isPresent() ? 1 : 0;
      }

      assertThat(parts).isEqualTo(RecordCodec.MAX_BYTES / Frame.MAX_PAYLOAD);
      assertThat(reader.state()).isEqualTo(new Broken(Problem.PAGE_TOO_LONG));
    }

    @Test
    void a_marker_after_the_end_whenever_it_comes() {
      byte[] reply = reply();
      byte[] marker = "MARKER".getBytes(US_ASCII);
      assertBroken(Problem.AFTER_END, reply, marker);

      Read late = readInSteps(reply, 11);
      assertThat(late.state()).isInstanceOf(Complete.class);
      late.feed(marker, 0, 1);
      assertThat(late.state()).isEqualTo(new Broken(Problem.AFTER_END));
    }

    @Test
    void and_after_it_nothing_more_comes_out() {
      FrameReader reader = new FrameReader();
      byte[] reply = reply();
      reader.feed(new byte[] {'x', 0, 0, 0, 0}, 0, 5);
      assertThat(reader.next()).isEmpty();
      for (int i = 0; i < 10_000; i++) {
        reader.feed(reply, 0, reply.length);
        assertThat(reader.next()).isEmpty();
      }
      assertThat(reader.state()).isEqualTo(new Broken(Problem.UNKNOWN_TYPE));
    }
  }

  @Nested
  class Mistakes_of_the_caller {
    @Test
    void frames_out_of_order_are_not_made() {
      FrameWriter writer = new FrameWriter();
      writer.token("a");
      assertThatIllegalStateException().isThrownBy(() -> writer.token("b"));
      writer.data(DATA, 0, 1);
      assertThatIllegalStateException().isThrownBy(() -> writer.page(PAGE));
      writer.end("OK");
      assertThatIllegalStateException().isThrownBy(writer::heartbeat);
      assertThatIllegalStateException().isThrownBy(() -> writer.data(DATA, 0, 1));
      assertThatIllegalStateException().isThrownBy(() -> writer.end("OK"));
    }

    @Test
    void tokens_and_outcomes_that_no_reader_takes_are_not_made() {
      FrameWriter writer = new FrameWriter();
      assertThatIllegalArgumentException().isThrownBy(() -> writer.token(""));
      assertThatIllegalArgumentException().isThrownBy(() -> writer.token("a\r\nSet-Cookie"));
      assertThatIllegalArgumentException().isThrownBy(() -> writer.token("a".repeat(4097)));
      assertThatIllegalArgumentException().isThrownBy(() -> new FrameWriter().end("BUSY"));
    }

    @Test
    void feeding_without_taking_ends_at_a_bound() {
      FrameReader reader = new FrameReader();
      byte[] beats = new byte[FrameReader.MAX_FEED];
      assertThatIllegalStateException()
          .isThrownBy(() -> {
            for (int i = 0; i < 4; i++) {
              reader.feed(beats, 0, beats.length);
            }
          });
      assertThatIllegalStateException()
          .isThrownBy(() -> new FrameReader().feed(new byte[70_000], 0, 65_537));
    }
  }

  /** Whoever reads a reply to where it goes. */
  private static final class Read {
    private final FrameReader reader = new FrameReader();
    private final List<Frame> frames = new ArrayList<>();
    private final ByteArrayOutputStream pages = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    void feed(byte[] bytes, int offset, int length) {
      reader.feed(bytes, offset, length);
      for (Optional<Frame> next = reader.next(); next.isPresent(); next = reader.next()) {
        Frame frame = next.get();
        frames.add(frame);
        if (frame instanceof Frame.PagePart(byte[] part)) {
          pages.writeBytes(part);
        } else if (frame instanceof Frame.Data(byte[] part)) {
          data.writeBytes(part);
        }
      }
    }

    State state() {
      return reader.state();
    }
  }

  private static Read readInSteps(byte[] bytes, int step) {
    Read read = new Read();
    for (int at = 0; at < bytes.length; at += step) {
      read.feed(bytes, at, Math.min(step, bytes.length - at));
    }
    return read;
  }

  private static void assertBroken(Problem problem, byte[]... parts) {
    byte[] bytes = join(parts);
    IntStream.of(1, bytes.length)
        .forEach(
            step -> assertThat(readInSteps(bytes, step).state()).isEqualTo(new Broken(problem)));
  }

  private static byte[] head(char type, int length) {
    return new byte[] {
      (byte) type,
      (byte) (length >>> 24),
      (byte) (length >>> 16),
      (byte) (length >>> 8),
      (byte) length
    };
  }

  private static byte[] frame(char type, byte[] payload) {
    return join(head(type, payload.length), payload);
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) value;
    return changed;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** The reply of the worked example in {@code docs/PROTOCOL.md}. These bytes may never change. */
  private static final String FROZEN =
      "700000002e000000054d6f76656476b04a6f5d64285a0103000000096275646765745f313200"
          + "000004396633610000000270324500000032000000000000002e00000000000000000616ea0a"
          + "6f916d956d22f77ff73c22d3b70436dc191048ea51c4c95f5b9f3f614f4b";
}
