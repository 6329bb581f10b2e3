package org.hitc.channel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.hitc.channel.Page;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.SignInScreen;
import org.hitc.channel.Text;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RecordCodecTests {
  public record Everything(
      String text,
      int number,
      long big,
      boolean flag,
      BigDecimal amount,
      Instant at,
      Refusal why,
      Optional<String> maybe,
      List<Optional<Integers>> list,
      Map<String, List<Long64>> map,
      Tree tree) {}

  public record Integers(int first, int second) {}

  public record Long64(long value) {}

  public sealed interface Tree {
    record Leaf() implements Tree {}

    sealed interface Branch extends Tree {
      record Two(Tree left, Tree right) implements Branch {}
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // the codec carries arrays; that is what is tested
  public record Blob(byte[] bytes) {}

  public record Leaves(List<Tree.Leaf> leaves) {}

  public record Positive(int value) {
    public Positive {
      if (value <= 0) {
        throw new IllegalArgumentException("not positive");
      }
    }
  }

  private static final Everything EVERYTHING =
      new Everything(
          "a\0ä\ud83d\ude00",
          -1,
          Long.MIN_VALUE,
          true,
          new BigDecimal("-1234.50"),
          Instant.parse("2026-06-30T12:00:00.000000001Z"),
          Refusal.ARG_DASH,
          Optional.of(""),
          List.of(Optional.empty(), Optional.of(new Integers(1, 2))),
          Map.of("b", List.of(new Long64(1)), "a", List.of(), "", List.of()),
          new Tree.Branch.Two(
              new Tree.Leaf(), new Tree.Branch.Two(new Tree.Leaf(), new Tree.Leaf())));

  @Nested
  class A_round_trip {
    @Test
    void is_exact_for_every_kind_of_component() {
      assertThat(RecordCodec.decode(Everything.class, RecordCodec.encode(EVERYTHING)))
          .isEqualTo(EVERYTHING);
    }

    @Test
    void is_exact_for_replies_and_pages_by_their_sealed_type() {
      Page.Frame frame =
          new Page.Frame(Text.of("Budget"), "de", "Anna", "14:03", 1800, Optional.of("7K3P-2M"));
      List<Reply> replies =
          List.of(
              new Reply.SignedIn(),
              new Reply.Ask(
                  "0123456789abcdef0123456789abcdef",
                  new SignInScreen(
                      SignInScreen.Purpose.NEW_PASSWORD,
                      List.of(
                          new SignInScreen.Field(
                              "new",
                              SignInScreen.Kind.NEW_PASSWORD,
                              Optional.of(Refusal.PASS_SHORT)))),
                  Optional.of(Refusal.BUSY)),
              new Reply.File("a.csv", "text/csv"),
              new Reply.Refused(Refusal.BUSY, Optional.empty(), Optional.of("7K3P-2M")),
              new Reply.Show(
                  new Page.Form(
                      frame,
                      new PageAddress("w", "v", "p"),
                      "t",
                      List.of(),
                      List.of(
                          new Page.Field(
                              "x",
                              Text.of("X"),
                              Optional.empty(),
                              true,
                              new Page.Control.One(List.of(new Page.Option("h", Text.of("H")))),
                              List.of("h"),
                              Optional.of(new Text("no", Optional.of("en"))))),
                      List.of(),
                      Text.of("Go"))));
      for (Reply reply : replies) {
        assertThat(RecordCodec.decode(Reply.class, RecordCodec.encode(reply))).isEqualTo(reply);
      }
    }

    @Test
    void is_exact_for_all_byte_strings_and_texts() {
      Random random = new Random(5);
      RandomRequests texts = new RandomRequests(random);
      for (int i = 0; i < 5000; i++) {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        assertThat(RecordCodec.decode(Blob.class, RecordCodec.encode(new Blob(bytes))).bytes())
            .isEqualTo(bytes);
        Text text = new Text(texts.text(300), Optional.of(texts.text(10)));
        assertThat(RecordCodec.decode(Text.class, RecordCodec.encode(text))).isEqualTo(text);
      }
    }

    @Test
    void keeps_the_scale_of_numbers() {
      for (String number :
          List.of(
              "0", "0.00", "0E+5", "-0.1", "128", "-128", "-129", "1E-9999", "9".repeat(2000))) {
        Everything one = withAmount(new BigDecimal(number));
        assertThat(RecordCodec.decode(Everything.class, RecordCodec.encode(one))).isEqualTo(one);
      }
    }

    @Test
    void gives_equal_bytes_for_equal_maps() {
      byte[] one = RecordCodec.encode(EVERYTHING);
      Everything decoded = RecordCodec.decode(Everything.class, one);
      assertThat(RecordCodec.encode(decoded)).isEqualTo(one);
    }
  }

  @Nested
  class Bytes_that_are_not_the_record {
    @Test
    void every_truncation_and_every_further_byte_is_refused() {
      byte[] whole = RecordCodec.encode(EVERYTHING);
      for (int length = 0; length <= whole.length + 1; length++) {
        if (length != whole.length) {
          assertRefused(Everything.class, Arrays.copyOf(whole, length));
        }
      }
    }

    @Test
    void every_changed_byte_is_refused_or_gives_another_record_with_just_these_bytes() {
      byte[] whole = RecordCodec.encode(EVERYTHING);
      for (int place = 0; place < whole.length; place++) {
        for (int value = 0; value < 256; value++) {
          byte[] changed = whole.clone();
          changed[place] = (byte) value;
          try {
            Everything decoded = RecordCodec.decode(Everything.class, changed);
            assertThat(RecordCodec.encode(decoded)).isEqualTo(changed);
          } catch (CodecException e) {
            assertThat(e).hasMessageMatching("[ -~]+");
          }
        }
      }
    }

    @Test
    void hostile_lengths_are_refused_before_anything_is_allocated() {
      byte[] blob = RecordCodec.encode(new Blob(new byte[8]));
      byte[] leaves = RecordCodec.encode(new Leaves(List.of(new Tree.Leaf())));
      for (int length : new int[] {9, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 30}) {
        assertRefused(
            Blob.class, ByteBuffer.wrap(blob.clone()).putInt(blob.length - 12, length).array());
        assertRefused(
            Leaves.class,
            ByteBuffer.wrap(leaves.clone()).putInt(leaves.length - 5, length).array());
      }
    }

    @Test
    void another_record_or_another_shape_is_refused() {
      byte[] integers = RecordCodec.encode(new Integers(1, 2));
      assertRefused(Long64.class, integers);
      assertRefused(Reply.class, integers);
      assertRefused(Tree.class, integers);
      integers[4 + "Integers".length()] ^= 1;
      assertThatExceptionOfType(CodecException.class)
          .isThrownBy(() -> RecordCodec.decode(Integers.class, integers))
          .withMessageContaining("another shape");
    }

    @Test
    void components_that_the_record_itself_refuses_are_refused() {
      byte[] bytes = RecordCodec.encode(new Positive(1));
      bytes[bytes.length - 1] = 0;
      assertRefused(Positive.class, bytes);
    }

    @Test
    void more_than_the_longest_message_is_refused() {
      assertRefused(Blob.class, new byte[RecordCodec.MAX_BYTES + 1]);
    }
  }

  @Nested
  class What_cannot_be_encoded {
    record Hidden(int value) {}

    public record Generic<T>(List<T> values) {}

    public record Unsupported(Object value) {}

    public sealed interface Same {
      record Twin() implements Same {}

      sealed interface Other extends Same {
        record Twin() implements Other {}
      }
    }

    public record OfSame(Same same) {}

    @Test
    void is_named() {
      assertNamed(new Hidden(1), "Hidden");
      assertNamed(new Generic<>(List.of()), "Generic");
      assertNamed(new Unsupported("x"), "Unsupported.value");
      assertNamed(new OfSame(new Same.Twin()), "Twin");
      assertNamed("text", "String");
      assertNamed(new Text("\ud800", Optional.empty()), "surrogate");
      assertNamed(new Blob(new byte[RecordCodec.MAX_BYTES]), "longer");
      assertNamed(withAmount(new BigDecimal("1E+10001")), "bounds");
      assertNamed(withAmount(new BigDecimal(BigInteger.ONE.shiftLeft(8192))), "bounds");
    }

    @Test
    void a_tree_may_be_deep_but_not_without_end() {
      Tree tree = new Tree.Leaf();
      for (int depth = 0; depth < RecordCodec.MAX_DEPTH; depth++) {
        tree = new Tree.Branch.Two(tree, new Tree.Leaf());
      }
      Tree deepest = tree;
      assertThat(RecordCodec.decode(Tree.class, RecordCodec.encode(deepest))).isEqualTo(deepest);
      assertNamed(new Tree.Branch.Two(deepest, new Tree.Leaf()), "deep");
    }
  }

  @Nested
  class A_fingerprint {
    @Test
    void describes_every_record_that_can_occur_once() {
      assertThat(Fingerprint.describe(Reply.Moved.class))
          .isEqualTo(
              """
              Moved(to:PageAddress)
              PageAddress(workflow:STRING,visit:STRING,page:STRING)
              """);
      assertThat(Fingerprint.describe(Tree.Branch.Two.class))
          .isEqualTo("Two(left:Tree,right:Tree)\nLeaf()\n");
    }
  }

  private static Everything withAmount(BigDecimal amount) {
    Everything e = EVERYTHING;
    return new Everything(
        e.text(),
        e.number(),
        e.big(),
        e.flag(),
        amount,
        e.at(),
        e.why(),
        e.maybe(),
        e.list(),
        e.map(),
        e.tree());
  }

  private static void assertRefused(Class<?> type, byte[] bytes) {
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> RecordCodec.decode(type, bytes));
  }

  private static void assertNamed(Object record, String name) {
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> RecordCodec.encode(record))
        .withMessageContaining(name);
  }
}
