package org.hitc.channel.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hitc.channel.RequestId;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HintReaderTests {
  private static final RequestId A = new RequestId("00112233445566778899aabbccddeeff");
  private static final RequestId B = new RequestId("f".repeat(32));

  private final HintReader reader = new HintReader();
  private final List<RequestId> found = new ArrayList<>();

  private void feed(byte[] bytes) {
    reader.feed(bytes, 0, bytes.length, found::add);
  }

  private void feed(String text) {
    feed(text.getBytes(US_ASCII));
  }

  @Test
  void a_hint_has_these_37_bytes() {
    assertThat(Hint.encode(A))
        .hasSize(Hint.LENGTH)
        .isEqualTo("\nH2 00112233445566778899aabbccddeeff\n".getBytes(US_ASCII));
  }

  @Nested
  class However_the_reads_cut_it_up {
    @Test
    void hints_and_garbage_are_the_same_at_every_split_point() {
      byte[] stream = join(Hint.encode(A), "garbage\n".getBytes(US_ASCII), Hint.encode(B));

      for (int first = 0; first <= stream.length; first++) {
        for (int second = first; second <= stream.length; second++) {
          HintReader fresh = new HintReader();
          List<RequestId> ids = new ArrayList<>();
          fresh.feed(stream, 0, first, ids::add);
          fresh.feed(stream, first, second - first, ids::add);
          fresh.feed(stream, second, stream.length - second, ids::add);

          assertThat(ids).as("cut at %d and %d", first, second).containsExactly(A, B);
          assertThat(fresh.garbageLines()).isEqualTo(1);
          assertThat(fresh.garbageBytes()).isEqualTo(7);
        }
      }
    }

    @Test
    void random_streams_give_the_hints_that_were_put_in_and_count_the_rest() {
      Random random = new Random(7);
      for (int round = 0; round < 2000; round++) {
        HintReader fresh = new HintReader();
        List<RequestId> sent = new ArrayList<>();
        List<RequestId> ids = new ArrayList<>();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        long garbage = 0;
        for (int i = 0; i < 8; i++) {
          if (random.nextBoolean()) {
            byte[] noise = new byte[random.nextInt(1, 80)];
            random.nextBytes(noise);
            for (int j = 0; j < noise.length; j++) {
              noise[j] = noise[j] == '\n' ? (byte) 'H' : noise[j];
            }
            stream.writeBytes(noise);
            stream.write('\n');
            garbage += noise.length;
          } else {
            RequestId id = new RequestId("%032x".formatted(random.nextLong() >>> 1));
            sent.add(id);
            stream.writeBytes(Hint.encode(id));
          }
        }
        byte[] bytes = stream.toByteArray();
        for (int at = 0; at < bytes.length; ) {
          int step = Math.min(bytes.length - at, random.nextInt(1, 50));
          fresh.feed(bytes, at, step, ids::add);
          at += step;
        }

        assertThat(ids).isEqualTo(sent);
        assertThat(fresh.garbageBytes()).isEqualTo(garbage);
      }
    }

    @Test
    void only_the_given_part_of_the_array_is_read() {
      byte[] around = join("\nH2 ".getBytes(US_ASCII), Hint.encode(A), Hint.encode(B));

      reader.feed(around, 4, Hint.LENGTH, found::add);

      assertThat(found).containsExactly(A);
      assertThat(reader.garbageBytes()).isZero();
    }
  }

  @Nested
  class Other_writers {
    @Test
    void half_a_message_of_a_killed_writer_spoils_only_itself_at_every_length() {
      byte[] whole = Hint.encode(A);
      for (int kept = 0; kept < Hint.LENGTH - 1; kept++) {
        HintReader fresh = new HintReader();
        List<RequestId> ids = new ArrayList<>();
        fresh.feed(whole, 0, kept, ids::add);
        fresh.feed(Hint.encode(B), 0, Hint.LENGTH, ids::add);

        assertThat(ids).as("%d bytes kept", kept).containsExactly(B);
        assertThat(fresh.garbageLines()).isEqualTo(kept > 1 ? 1 : 0);
      }
    }

    @Test
    void a_writer_of_single_bytes_spoils_no_hint_of_another() {
      for (byte single : Hint.encode(A)) {
        feed(new byte[] {single});
        feed(Hint.encode(B));
      }

      assertThat(found).hasSize(Hint.LENGTH).containsOnly(B);
    }

    @Test
    void a_torn_long_message_is_garbage_and_the_next_hint_works() {
      feed("x".repeat(4097) + "\nH2 0011" + "y".repeat(70_000));
      feed(Hint.encode(A));

      assertThat(found).containsExactly(A);
      assertThat(reader.garbageLines()).isEqualTo(2);
      assertThat(reader.garbageBytes()).isEqualTo(4097 + 7 + 70_000);
    }
  }

  @Nested
  class What_is_no_hint {
    @Test
    void every_other_byte_at_every_place_of_the_line_drops_it() {
      byte[] hint = Hint.encode(A);
      for (int place = 1; place < Hint.LENGTH - 1; place++) {
        for (int value = 0; value < 256; value++) {
          boolean digit = (value >= '0' && value <= '9') || (value >= 'a' && value <= 'f');
          if (hint[place] == (byte) value || (place > 3 && digit)) {
            continue;
          }
          byte[] other = hint.clone();
          other[place] = (byte) value;
          feed(other);
        }
      }

      assertThat(found).isEmpty();
      assertThat(reader.garbageLines()).isPositive();
    }

    @Test
    void paths_and_the_like_are_dropped() {
      List<String> hostile =
          List.of(
              "H2 ../x",
              "H2 /etc/passwd",
              "H2 .",
              "H2 ",
              "H2",
              "H2 " + "a".repeat(300),
              "H2 %2e%2e/" + "0".repeat(25),
              "H2 " + "A".repeat(32),
              "h2 " + A,
              "H2  " + A,
              " H2 " + A,
              "H2 " + A + "\r",
              "H2 " + A + "\0",
              "H2 " + A + " ");
      hostile.forEach(line -> feed("\n" + line + "\n"));

      assertThat(found).isEmpty();
      assertThat(reader.garbageLines()).isEqualTo(hostile.size());
    }

    @Test
    void empty_lines_are_neither_hints_nor_garbage() {
      feed("\n".repeat(10_000));

      assertThat(found).isEmpty();
      assertThat(reader.garbageLines()).isZero();
    }

    @Test
    void a_gigabyte_without_a_newline_is_counted_while_it_comes_and_then_skipped() {
      byte[] block = new byte[1 << 20];
      Arrays.fill(block, (byte) 'a');
      for (int i = 0; i < 1024; i++) {
        feed(block);
        assertThat(reader.garbageBytes()).isEqualTo((i + 1L) << 20);
      }
      feed(Hint.encode(A));

      assertThat(found).containsExactly(A);
      assertThat(reader.garbageLines()).isEqualTo(1);
      assertThat(reader.garbageBytes()).isEqualTo(1L << 30);
    }
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
