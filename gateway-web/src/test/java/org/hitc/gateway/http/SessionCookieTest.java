package org.hitc.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hitc.channel.Refusal;
import org.junit.jupiter.api.Test;

class SessionCookieTest {

  @Test
  void our_cookie_is_found_among_others() {
    for (List<String> fields :
        List.of(
            List.of("__Host-hitc=abc"),
            List.of("a=1; __Host-hitc=abc; b=2"),
            List.of("a=1", "__Host-hitc=abc"),
            List.of("  __Host-hitc=abc  "),
            List.of("x__Host-hitc=no; __Host-hitc=abc; __Host-hitcx=no"))) {
      assertThat(SessionCookie.read(fields)).isEqualTo(new SessionCookie.Sent.Token("abc"));
    }
  }

  @Test
  void no_cookie_and_an_emptied_one_are_nothing() {
    for (List<String> fields :
        List.of(List.<String>of(), List.of(""), List.of("a=1"), List.of("__Host-hitc="))) {
      assertThat(SessionCookie.read(fields)).isEqualTo(new SessionCookie.Sent.Nothing());
    }
  }

  @Test
  void a_doubled_name_is_refused_wherever_it_stands() {
    for (List<String> fields :
        List.of(
            List.of("__Host-hitc=a; __Host-hitc=a"),
            List.of("__Host-hitc=a", "__Host-hitc=b"),
            List.of("__Host-hitc=; __Host-hitc=b"))) {
      assertThat(SessionCookie.read(fields))
          .isEqualTo(new SessionCookie.Sent.Refused(Refusal.WEB_COOKIE));
    }
  }

  @Test
  void a_token_may_have_4096_characters_and_no_more() {
    assertThat(SessionCookie.read(List.of("__Host-hitc=" + "a".repeat(4096))))
        .isInstanceOf(SessionCookie.Sent.Token.class);
    assertThat(SessionCookie.read(List.of("__Host-hitc=" + "a".repeat(4097))))
        .isEqualTo(new SessionCookie.Sent.Refused(Refusal.SESS_FORMAT));
  }
}
