package org.hitc.session.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An Argon2id hash")
class Argon2HashTest {
  /** Source: test.c of github.com/P-H-C/phc-winner-argon2, version 0x13, Argon2id. */
  private static final String REFERENCE =
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

  private final SecureRandom random = new SecureRandom();

  @Test
  void agrees_with_the_reference_implementation() {
    Argon2Hash hash = Argon2Hash.parse(REFERENCE).orElseThrow();
    assertThat(hash.toString()).isEqualTo(REFERENCE);
    assertThat(hash.matches("password")).isTrue();
    assertThat(hash.matches("Password")).isFalse();
    assertThat(hash.matches("")).isFalse();
  }

  @Test
  void has_a_salt_and_the_cost_that_was_decided() {
    String first = Argon2Hash.create("correct horse", random).toString();
    String second = Argon2Hash.create("correct horse", random).toString();
    assertThat(first).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(second);
    assertThat(Argon2Hash.parse(first).orElseThrow().matches("correct horse")).isTrue();
  }

  @Test
  void does_not_mind_how_a_keyboard_composes_letters() {
    Argon2Hash hash = Argon2Hash.create("Z\u00fcrich", random);
    assertThat(hash.matches("Zu\u0308rich")).isTrue();
    assertThat(hash.matches("Zurich")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "password",
        "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=16$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=2,p=9$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=7,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=065536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHR$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc=",
        "$argon2id$v=19$t=2,m=65536,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$",
        "$2a$10$abcdefghijklmnopqrstuv"
      })
  void is_written_in_one_way_and_within_bounds(String text) {
    assertThat(Argon2Hash.parse(text)).isEmpty();
  }
}
