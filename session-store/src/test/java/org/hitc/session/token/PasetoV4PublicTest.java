package org.hitc.session.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("PASETO v4.public")
class PasetoV4PublicTest {
  private static final byte[] NONE = {};

  private final Properties vectors = read();
  private final Ed25519PublicKeyParameters publicKey =
      new Ed25519PublicKeyParameters(HexFormat.of().parseHex(value("public-key")));
  private final Ed25519PrivateKeyParameters privateKey =
      new Ed25519PrivateKeyParameters(HexFormat.of().parseHex(value("secret-key-seed")));

  @Nested
  @DisplayName("held to the public test vectors")
  class Vectors {
    @ParameterizedTest
    @ValueSource(strings = {"4-S-1", "4-S-2", "4-S-3"})
    void signs_byte_for_byte_what_the_vector_says(String name) {
      assertThat(
              PasetoV4Public.sign(privateKey, bytes(name, "payload"), footer(name), implicit(name)))
          .isEqualTo(value(name + ".token"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4-S-1", "4-S-2", "4-S-3"})
    void verifies_to_the_message_of_the_vector(String name) {
      assertThat(verify(name)).hasValue(bytes(name, "payload"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4-F-1", "4-F-2", "4-F-3", "4-F-4"})
    void refuses_the_vectors_that_must_fail(String name) {
      assertThat(verify(name)).isEmpty();
    }

    private Optional<byte[]> verify(String name) {
      return PasetoV4Public.verify(publicKey, value(name + ".token"), footer(name), implicit(name));
    }

    private byte[] footer(String name) {
      return bytes(name, "footer");
    }

    private byte[] implicit(String name) {
      return bytes(name, "implicit-assertion");
    }

    private byte[] bytes(String name, String member) {
      return value(name + "." + member).getBytes(UTF_8);
    }
  }

  @Nested
  @DisplayName("binds everything it signs")
  class Binding {
    private final byte[] message = "message".getBytes(UTF_8);
    private final byte[] footer = "footer".getBytes(UTF_8);
    private final byte[] implicit = "implicit".getBytes(UTF_8);
    private final String token = PasetoV4Public.sign(privateKey, message, footer, implicit);

    @Test
    void another_implicit_assertion_is_refused() {
      assertThat(PasetoV4Public.verify(publicKey, token, footer, NONE)).isEmpty();
      assertThat(PasetoV4Public.verify(publicKey, token, footer, implicit)).hasValue(message);
    }

    @Test
    void another_footer_is_refused_even_when_the_token_carries_it() {
      String moved = token.substring(0, token.lastIndexOf('.'));
      assertThat(PasetoV4Public.verify(publicKey, moved, NONE, implicit)).isEmpty();
      assertThat(PasetoV4Public.verify(publicKey, token, NONE, implicit)).isEmpty();
    }

    @Test
    void bytes_cannot_wander_between_footer_and_implicit_assertion() {
      byte[] both = "footerimplicit".getBytes(UTF_8);
      String joined = PasetoV4Public.sign(privateKey, message, NONE, both);
      assertThat(PasetoV4Public.verify(publicKey, joined, NONE, both)).hasValue(message);
      assertThat(
              PasetoV4Public.verify(
                  publicKey, joined + "." + StrictBase64.encode(footer), footer, implicit))
          .isEmpty();
    }

    @Test
    void an_empty_footer_has_one_spelling() {
      String bare = PasetoV4Public.sign(privateKey, message, NONE, NONE);
      assertThat(PasetoV4Public.verify(publicKey, bare, NONE, NONE)).hasValue(message);
      assertThat(PasetoV4Public.verify(publicKey, bare + ".", NONE, NONE)).isEmpty();
    }
  }

  private String value(String name) {
    return Objects.requireNonNull(vectors.getProperty(name), name);
  }

  private static Properties read() {
    Properties properties = new Properties();
    try (InputStream in =
        PasetoV4PublicTest.class.getResourceAsStream("paseto-v4-public.properties")) {
      properties.load(Objects.requireNonNull(in));
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
