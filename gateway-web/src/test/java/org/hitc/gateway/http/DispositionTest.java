package org.hitc.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DispositionTest {

  @Test
  void a_name_is_given_twice_plain_and_exact() {
    assertThat(Disposition.attachment("budget 12\u00e9.csv"))
        .isEqualTo(
            "attachment; filename=\"budget_12_.csv\"; filename*=UTF-8''budget%2012%C3%A9.csv");
  }

  @Test
  void no_name_leaves_its_place_in_the_header() {
    for (String name :
        List.of("a\r\nSet-Cookie: x=1", "a\";x=\"", "a\u0000b", "../../a", "a'b;c=d", "\ud800")) {
      assertThat(Disposition.attachment(name))
          .as(name)
          .matches(
              "attachment; filename=\"[A-Za-z0-9._-]+\"; filename\\*=UTF-8''[A-Za-z0-9%!#$&+.^_`|~-]+");
    }
  }

  @Test
  void an_odd_media_type_becomes_bytes() {
    assertThat(Disposition.mediaType("text/csv; charset=utf-8"))
        .isEqualTo("text/csv; charset=utf-8");
    for (String odd : List.of("", "text", "text/html\r\nX: y", "a/b; x=y", "TEXT/CSV")) {
      assertThat(Disposition.mediaType(odd)).isEqualTo("application/octet-stream");
    }
  }
}
