package org.hitc.channel.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hitc.channel.Refusal;
import org.hitc.channel.Request;
import org.hitc.channel.codec.RequestCodec.Decoded;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RequestCodecTests {
  private static final Request SUBMIT =
      new Request.Submit(
          "v4.public.abc",
          "budget_12",
          "9f3a",
          "p2",
          "t1",
          Map.of("account", List.of("204110"), "unit", List.of("a", "b"), "name", List.of("ä")),
          "en, de;q=0.5");

  /** The bytes of {@link #SUBMIT} as of version 2 of the protocol. They may never change. */
  private static final String SUBMIT_FILE =
      """
      HITC2 submit
      10
      5:token,13:v4.public.abc,8:workflow,9:budget_12,5:visit,4:9f3a,4:page,2:p2,6:ticket,2:t1,\
      9:v.account,6:204110,6:v.name,2:ä,8:v.unit[],1:a,8:v.unit[],1:b,9:languages,12:en, de;q=0.5,\
      END
      """;

  @Nested
  class A_round_trip {
    @Test
    void gives_the_frozen_bytes() {
      assertThat(new String(RequestCodec.encode(SUBMIT), UTF_8)).isEqualTo(SUBMIT_FILE);
      assertAccepted(SUBMIT_FILE.getBytes(UTF_8), SUBMIT);
    }

    @Test
    void is_exact_for_random_requests_of_every_verb() {
      RandomRequests requests = new RandomRequests(new Random(1));
      for (int i = 0; i < 20_000; i++) {
        Request request = requests.next();
        assertAccepted(RequestCodec.encode(request), request);
      }
    }

    @Test
    void is_exact_for_every_single_character_but_surrogates() {
      for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
        if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
          Request request = start(Map.of("x", List.of(Character.toString(c))));
          assertThat(RequestCodec.decode(RequestCodec.encode(request)))
              .isEqualTo(new Decoded.Accepted(request));
        }
      }
    }

    @Test
    void keeps_our_own_separators_inside_values() {
      for (String value :
          List.of(",END\n", "END\n", "\n", ":", "3:a,b,", "&&", "=", "\t", "\u001e\u001f", "\0")) {
        Request request = start(Map.of("x", List.of(value), "y", List.of(value, value)));
        assertAccepted(RequestCodec.encode(request), request);
      }
    }

    @Test
    void keeps_the_order_and_the_repetitions_of_a_list() {
      Request request = start(Map.of("x", List.of("b", "a", "b", "")));
      assertAccepted(RequestCodec.encode(request), request);
    }

    @Test
    void has_no_difference_between_no_value_and_no_field() {
      Request request = start(Map.of("x", List.of()));

      assertThat(request).isEqualTo(start(Map.of()));
      assertAccepted(RequestCodec.encode(request), start(Map.of()));
    }

    @Test
    void does_not_depend_on_the_order_of_the_fields() {
      List<String> fields =
          new ArrayList<>(
              List.of(
                  netstring("token", "t"),
                  netstring("workflow", "w"),
                  netstring("v.a", "1"),
                  netstring("v.b[]", "2"),
                  netstring("languages", "")));
      Request expected =
          new Request.Start("t", "w", Map.of("a", List.of("1"), "b", List.of("2")), "");
      permute(
          fields,
          0,
          order -> assertAccepted(bytes(file("start", order.toArray(String[]::new))), expected));
    }
  }

  @Nested
  class Bytes_that_are_no_request {
    @Test
    void every_truncation_is_refused() {
      byte[] whole = RequestCodec.encode(SUBMIT);
      for (int length = 0; length < whole.length; length++) {
        assertRefused(Arrays.copyOf(whole, length), Refusal.REQ_SYNTAX);
      }
    }

    @Test
    void every_further_byte_is_refused() {
      byte[] longer =
          Arrays.copyOf(RequestCodec.encode(SUBMIT), SUBMIT_FILE.getBytes(UTF_8).length + 1);
      for (int last = 0; last < 256; last++) {
        longer[longer.length - 1] = (byte) last;
        assertRefused(longer, Refusal.REQ_SYNTAX);
      }
    }

    @Test
    void every_single_byte_changed_to_every_other_never_throws_and_never_passes_for_the_same() {
      byte[] whole = RequestCodec.encode(SUBMIT);
      for (int place = 0; place < whole.length; place++) {
        byte[] changed = whole.clone();
        for (int value = 0; value < 256; value++) {
          changed[place] = (byte) value;
          if (changed[place] != whole[place]) {
            assertThat(RequestCodec.decode(changed))
                .as("byte %d = %d", place, value)
                .isNotEqualTo(new Decoded.Accepted(SUBMIT));
          }
        }
      }
    }

    @Test
    void noise_and_shuffled_requests_never_throw() {
      Random random = new Random(2);
      byte[] whole = RequestCodec.encode(SUBMIT);
      for (int i = 0; i < 50_000; i++) {
        byte[] noise = i % 2 == 0 ? whole.clone() : new byte[random.nextInt(200)];
        if (i % 2 == 0) {
          for (int j = 0; j < 4; j++) {
            int from = random.nextInt(noise.length);
            int length = random.nextInt(noise.length - from);
            System.arraycopy(noise, from, noise, random.nextInt(noise.length - length), length);
          }
        } else {
          random.nextBytes(noise);
        }
        assertThat(RequestCodec.decode(noise)).isNotNull();
      }
    }

    @Test
    void hostile_lengths_are_refused() {
      for (String length :
          List.of(
              "-1",
              "+1",
              "01",
              "00",
              "",
              " 1",
              "1 ",
              "0x1",
              "1e1",
              "2",
              "0",
              "9999999",
              "10000000",
              "00000001",
              "2147483647",
              "2147483648",
              "4294967297",
              "9223372036854775808",
              "18446744073709551617",
              "1".repeat(400),
              "١",
              "\u00b9",
              "1\n")) {
        String hostile = "HITC2 home\n2\n5:token," + length + ":t,9:languages,0:,END\n";
        assertRefused(bytes(hostile), Refusal.REQ_SYNTAX);
      }
      assertAccepted(
          bytes("HITC2 home\n2\n5:token,1:t,9:languages,0:,END\n"), new Request.Home("t", ""));
    }

    @Test
    void hostile_counts_are_refused() {
      for (String count :
          List.of(
              "-2", "+2", "02", "", "1", "3", "2 ", "10000000", "4294967298", "9".repeat(400))) {
        assertRefused(
            bytes("HITC2 home\n" + count + "\n5:token,1:t,9:languages,0:,END\n"),
            Refusal.REQ_SYNTAX);
      }
      assertRefused(bytes("HITC2 home\n1001\n"), Refusal.REQ_TOO_LONG);
    }

    @Test
    void other_banners_and_verbs_are_refused() {
      for (String head :
          List.of(
              "HITC1 home",
              "HITC2  home",
              "hitc2 home",
              " HITC2 home",
              "HITC2 Home",
              "HITC2 ",
              "HITC2",
              "HITC2 home ",
              "HITC2 view",
              "HITC2 hom",
              "HITC2 home\r",
              "HITC2 home\0",
              "HITC2 " + "a".repeat(100_000))) {
        assertRefused(bytes(head + "\n2\n5:token,1:t,9:languages,0:,END\n"), Refusal.REQ_SYNTAX);
      }
    }
  }

  @Nested
  class Fields {
    @Test
    void missing_unknown_or_doubled_are_refused_for_every_verb() {
      RandomRequests requests = new RandomRequests(new Random(3));
      for (int i = 0; i < 2000; i++) {
        Request request = requests.next();
        List<String> fields = split(RequestCodec.encode(request));
        for (String field : fields) {
          if (!field.contains(":v.")) {
            List<String> without = new ArrayList<>(fields);
            without.remove(field);
            assertRefused(bytes(file(request.verb(), without)), Refusal.REQ_SYNTAX);
          }
          if (!field.contains("[],")) {
            List<String> doubled = new ArrayList<>(fields);
            doubled.add(field);
            assertRefused(bytes(file(request.verb(), doubled)), Refusal.REQ_SYNTAX);
          }
        }
        List<String> more = new ArrayList<>(fields);
        more.add(netstring("surprise", "1"));
        assertRefused(bytes(file(request.verb(), more)), Refusal.REQ_SYNTAX);
      }
    }

    @Test
    void form_values_belong_to_forms_only() {
      assertRefused(
          bytes(
              file(
                  "home",
                  netstring("token", "t"),
                  netstring("languages", ""),
                  netstring("v.x", "1"))),
          Refusal.REQ_SYNTAX);
    }

    @Test
    void a_value_cannot_be_both_single_and_a_list() {
      assertStart(Refusal.REQ_SYNTAX, netstring("v.x", "1"), netstring("v.x", "1"));
      assertStart(Refusal.REQ_SYNTAX, netstring("v.x", "1"), netstring("v.x[]", "1"));
      assertStart(Refusal.REQ_SYNTAX, netstring("v.x[]", "1"), netstring("v.x", "1"));
      assertStart(Refusal.REQ_SYNTAX, netstring("token[]", "1"));
    }

    @Test
    void names_of_any_other_shape_are_refused() {
      for (String name :
          List.of(
              "",
              "v.",
              "v.[]",
              "[]",
              "V.x",
              "v.X",
              "v.x ",
              "v.ä",
              "v.x[",
              "v.x]",
              "v.x[][]",
              "v.x[0]",
              "v x",
              "1v",
              ".v",
              "-v",
              "v.x\n",
              "v.x\0",
              "v./",
              "v." + "x".repeat(63),
              "v." + "x".repeat(63) + "[]")) {
        assertStart(Refusal.REQ_SYNTAX, netstring(name, "1"));
      }
      String longest = "x".repeat(62);
      Request request = new Request.Start("t", "w", Map.of(longest, List.of("1", "2")), "");
      assertAccepted(RequestCodec.encode(request), request);
    }

    @Test
    void ids_of_any_other_shape_are_refused() {
      for (String id :
          List.of("", "../x", "a/b", "A", "a b", "a_b", "a\n", "ä", "a\0", "-", "0".repeat(65))) {
        for (int place = 0; place < 3; place++) {
          List<String> ids = new ArrayList<>(List.of("a", "b", "c"));
          ids.set(place, id);
          Request request =
              new Request.Follow("t", "w", ids.get(0), ids.get(1), ids.get(2), Map.of(), "");
          assertUnsendable(request, id.length() > 64 ? Refusal.REQ_TOO_LONG : Refusal.REQ_SYNTAX);
        }
      }
    }

    @Test
    void workflows_and_jobs_of_any_other_shape_are_refused() {
      for (String workflow : List.of("", "W", "1w", "_w", "w-w", "w.w", "../w", "w\n", "wä")) {
        assertUnsendable(new Request.Start("t", workflow, Map.of(), ""), Refusal.REQ_SYNTAX);
        assertRefused(
            bytes(
                file(
                    "start",
                    netstring("token", "t"),
                    netstring("workflow", workflow),
                    netstring("languages", ""))),
            Refusal.REQ_SYNTAX);
      }
      for (String job :
          List.of("", "7K3P2M", "7k3p-2m", "7K3P-2", "7K3P_2M", "K3P-2M7", "7K3P-2\n")) {
        assertUnsendable(new Request.Cancel("t", job, ""), Refusal.REQ_SYNTAX);
        assertRefused(
            bytes(
                file(
                    "cancel",
                    netstring("token", "t"),
                    netstring("job", job),
                    netstring("languages", ""))),
            Refusal.REQ_SYNTAX);
      }
    }

    @Test
    void each_takes_its_longest_value_and_no_longer_one() {
      assertLimit(4096, text -> new Request.Home(text, ""));
      assertLimit(256, text -> new Request.Home("", text));
      assertLimit(256, text -> new Request.Login(text, "", "", "", ""));
      assertLimit(1024, text -> new Request.Login("", text, "", "", ""));
      assertLimit(64, text -> new Request.Login("", "", "", text, ""));
      assertLimit(32, text -> new Request.LoginAnswer(text, Map.of(), "", ""));
      assertLimit(64, text -> new Request.Start("", text, Map.of(), ""));
      assertLimit(64, text -> new Request.View("", "w", text, "p", Map.of(), ""));
      assertLimit(16, text -> new Request.Download("", "w", "v", "p", text, ""));
    }

    @Test
    void a_user_is_measured_in_characters_and_a_password_in_bytes() {
      String four = "\ud83d\ude00";
      Request user = new Request.Login(four.repeat(256), "", "", "", "");
      assertAccepted(RequestCodec.encode(user), user);
      assertUnsendable(new Request.Login(four.repeat(257), "", "", "", ""), Refusal.REQ_TOO_LONG);
      assertUnsendable(new Request.Login("", four.repeat(257), "", "", ""), Refusal.REQ_TOO_LONG);
    }
  }

  @Nested
  class Encoding {
    private static final List<String> NOT_UTF_8 =
        List.of(
            "\u0080",
            "\u00bf",
            "\u00c0\u00af",
            "\u00c1\u00bf",
            "\u00e0\u0080\u0080",
            "\u00ed\u00a0\u0080",
            "\u00ed\u00bf\u00bf",
            "\u00f0\u0080\u0080\u0080",
            "\u00f4\u0090\u0080\u0080",
            "\u00f5\u0080\u0080\u0080",
            "\u00fe",
            "\u00ff",
            "\u00c3",
            "\u00e2\u0082",
            "\u00f0\u009f\u0098",
            "a\u00c3(b");

    @Test
    void a_form_value_that_is_not_utf_8_is_named_as_such() {
      for (String bad : NOT_UTF_8) {
        assertStart(Refusal.ARG_ENCODING, netstring("v.x", bad));
        assertStart(Refusal.ARG_ENCODING, netstring("v.x[]", "a"), netstring("v.x[]", bad));
      }
    }

    @Test
    void another_field_that_is_not_utf_8_is_bad_syntax() {
      for (String bad : NOT_UTF_8) {
        assertRefused(
            bytes(file("home", netstring("token", bad), netstring("languages", ""))),
            Refusal.REQ_SYNTAX);
      }
    }

    @Test
    void an_unpaired_surrogate_is_not_sent() {
      for (String bad :
          List.of("\ud800", "\udfff", "a\ud83d", "\ude00\ud83d", "\ud83d\ud83d\ude00")) {
        assertUnsendable(start(Map.of("x", List.of(bad))), Refusal.ARG_ENCODING);
        assertUnsendable(start(Map.of("x", List.of("a", bad))), Refusal.ARG_ENCODING);
        assertUnsendable(new Request.Home(bad, ""), Refusal.REQ_SYNTAX);
        assertUnsendable(start(Map.of(bad, List.of("a"))), Refusal.REQ_SYNTAX);
      }
    }
  }

  @Nested
  class The_whole {
    @Test
    void is_sent_and_taken_up_to_a_mebibyte_and_not_a_byte_beyond() {
      int rest =
          RequestCodec.encode(start(Map.of("x", List.of("a".repeat(1_000_000))))).length
              - 1_000_000;
      String longest = "a".repeat(RequestCodec.MAX_BYTES - rest);
      Request request = start(Map.of("x", List.of(longest)));

      byte[] file = RequestCodec.encode(request);
      assertThat(file).hasSize(RequestCodec.MAX_BYTES);
      assertAccepted(file, request);

      assertUnsendable(start(Map.of("x", List.of(longest + "a"))), Refusal.REQ_TOO_LONG);
      assertUnsendable(start(Map.of("x", List.of("a".repeat(20_000_000)))), Refusal.REQ_TOO_LONG);
      assertRefused(new byte[RequestCodec.MAX_BYTES + 1], Refusal.REQ_TOO_LONG);
    }

    @Test
    void has_at_most_a_thousand_fields() {
      Request most = start(Map.of("x", Collections.nCopies(RequestCodec.MAX_FIELDS - 3, "")));
      assertAccepted(RequestCodec.encode(most), most);

      Map<String, List<String>> values = new HashMap<>();
      for (int i = 0; i < RequestCodec.MAX_FIELDS - 2; i++) {
        values.put("f" + i, List.of(""));
      }
      assertUnsendable(start(values), Refusal.REQ_TOO_LONG);
    }

    @Test
    void never_puts_a_value_into_a_detail() {
      String secret = "Hunter2\u001b[2J";
      List<byte[]> files =
          List.of(
              bytes(
                  file(
                      "home",
                      netstring("token", secret),
                      netstring("languages", secret),
                      netstring(secret, ""))),
              bytes(
                  file(
                      "cancel",
                      netstring("token", secret),
                      netstring("job", secret),
                      netstring("languages", ""))),
              bytes(
                  file(
                      "home", netstring("token", secret.repeat(1000)), netstring("languages", ""))),
              bytes("HITC2 " + secret + "\n0\nEND\n"));
      for (byte[] file : files) {
        assertThat(refused(file).detail()).doesNotContain("Hunter2").matches("[ -~]{1,199}");
      }
      assertThatExceptionOfType(UnsendableException.class)
          .isThrownBy(() -> RequestCodec.encode(new Request.Cancel(secret, secret, "")))
          .satisfies(e -> assertThat(e.getMessage()).contains("job").doesNotContain("Hunter2"));
    }
  }

  private static Request start(Map<String, List<String>> values) {
    return new Request.Start("t", "w", values, "");
  }

  /** Text whose characters stand for bytes, as in Latin-1. */
  private static byte[] bytes(String latin1) {
    return latin1.getBytes(ISO_8859_1);
  }

  private static String netstring(String name, String value) {
    String utf8Name = new String(name.getBytes(UTF_8), ISO_8859_1);
    return utf8Name.length() + ":" + utf8Name + "," + value.length() + ":" + value + ",";
  }

  private static String file(String verb, String... fields) {
    return file(verb, List.of(fields));
  }

  private static String file(String verb, List<String> fields) {
    return "HITC2 " + verb + "\n" + fields.size() + "\n" + String.join("", fields) + "END\n";
  }

  /** The fields of a right file, each with its name and value. */
  private static List<String> split(byte[] file) {
    String text = new String(file, ISO_8859_1);
    int at = text.indexOf('\n', text.indexOf('\n') + 1) + 1;
    List<String> fields = new ArrayList<>();
    while (!text.startsWith("END\n", at)) {
      int start = at;
      for (int part = 0; part < 2; part++) {
        int colon = text.indexOf(':', at);
        at = colon + 1 + Integer.parseInt(text.substring(at, colon)) + 1;
      }
      fields.add(text.substring(start, at));
    }
    return fields;
  }

  private static void permute(
      List<String> items, int from, java.util.function.Consumer<List<String>> each) {
    if (from == items.size()) {
      each.accept(items);
    }
    for (int i = from; i < items.size(); i++) {
      Collections.swap(items, from, i);
      permute(items, from + 1, each);
      Collections.swap(items, from, i);
    }
  }

  private static void assertLimit(
      int limit, java.util.function.Function<String, Request> requestWith) {
    Request longest = requestWith.apply("a".repeat(limit));
    assertAccepted(RequestCodec.encode(longest), longest);
    assertUnsendable(requestWith.apply("a".repeat(limit + 1)), Refusal.REQ_TOO_LONG);
    // The same on the reading side, where the writer is not ours.
    String file = new String(RequestCodec.encode(longest), ISO_8859_1);
    String longer =
        file.replace(limit + ":" + "a".repeat(limit), (limit + 1) + ":" + "a".repeat(limit + 1));
    assertRefused(bytes(longer), Refusal.REQ_TOO_LONG);
  }

  private static void assertStart(Refusal why, String... more) {
    List<String> fields =
        new ArrayList<>(
            List.of(
                netstring("token", "t"), netstring("workflow", "w"), netstring("languages", "")));
    assertThat(RequestCodec.decode(bytes(file("start", fields))))
        .isInstanceOf(Decoded.Accepted.class);
    fields.addAll(List.of(more));
    assertRefused(bytes(file("start", fields)), why);
  }

  private static void assertAccepted(byte[] file, Request expected) {
    assertThat(RequestCodec.decode(file)).isEqualTo(new Decoded.Accepted(expected));
  }

  private static Decoded.Refused refused(byte[] file) {
    Decoded decoded = RequestCodec.decode(file);
    assertThat(decoded).isInstanceOf(Decoded.Refused.class);
    return (Decoded.Refused) decoded;
  }

  private static void assertRefused(byte[] file, Refusal why) {
    assertThat(refused(file).why()).isEqualTo(why);
  }

  private static void assertUnsendable(Request request, Refusal why) {
    assertThatExceptionOfType(UnsendableException.class)
        .isThrownBy(() -> RequestCodec.encode(request))
        .satisfies(e -> assertThat(e.why()).isEqualTo(why));
  }
}
