package org.hitc.session.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The folder of public keys")
class PublicKeysTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final String HEX =
      "1eb9dbbbbc047c03fd70604e0071f0987e16b28b757225c11f00415d0e20b1a2";
  private static final String OTHER =
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

  @TempDir Path folder;

  @Test
  void gives_every_key_by_its_id() throws IOException {
    Files.writeString(folder.resolve("node1.pub"), HEX + "\n");
    Files.writeString(folder.resolve("node2.pub"), OTHER);
    Files.writeString(folder.resolve("README"), "not a key");
    PublicKeys keys = PublicKeys.load(folder);
    for (String hex : List.of(HEX, OTHER)) {
      PublicKey key = PublicKey.ofHex(hex);
      assertThat(keys.find(key.id(), NOW).map(PublicKey::hex)).hasValue(hex);
    }
    assertThat(keys.find("node1", NOW)).isEmpty();
    assertThat(keys.find("", NOW)).isEmpty();
  }

  @Test
  void names_a_key_by_the_digest_of_its_bytes() {
    // printf 1eb9... | xxd -r -p | sha256sum | cut -c1-16
    assertThat(PublicKey.ofHex(HEX).id()).isEqualTo("8d62301156f3909e");
  }

  @Test
  void knows_only_what_was_there_when_it_was_read() throws IOException {
    Files.writeString(folder.resolve("node1.pub"), HEX);
    PublicKeys keys = PublicKeys.load(folder);
    Files.writeString(folder.resolve("node2.pub"), OTHER);
    assertThat(keys.find(PublicKey.ofHex(OTHER).id(), NOW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "1eb9",
        "1EB9DBBBBC047C03FD70604E0071F0987E16B28B757225C11F00415D0E20B1A2",
        HEX + "\n\n",
        HEX + "\r\n",
        HEX + " ",
        HEX + "00",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      })
  void refuses_a_file_that_is_no_key_and_names_it(String text) throws IOException {
    Files.writeString(folder.resolve("bad.pub"), text);
    assertThatThrownBy(() -> PublicKeys.load(folder))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("bad.pub");
  }

  @Test
  void refuses_a_link() throws IOException {
    Path real = Files.writeString(folder.resolve("real"), HEX);
    Files.createSymbolicLink(folder.resolve("link.pub"), real);
    assertThatThrownBy(() -> PublicKeys.load(folder))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("not a regular file");
  }

  @Test
  void refuses_to_be_empty() {
    assertThatThrownBy(() -> PublicKeys.load(folder)).hasMessageContaining("no *.pub file");
  }

  @Test
  void a_retired_key_is_believed_until_its_time_and_no_longer() throws IOException {
    PublicKeyFile retired = PublicKeyFile.of(PublicKey.ofHex(HEX)).withUntil(NOW);
    Files.writeString(folder.resolve(retired.fileName()), retired.text());
    PublicKeys keys = PublicKeys.load(folder);
    String id = retired.key().id();
    assertThat(keys.find(id, NOW.minusSeconds(1))).isPresent();
    assertThat(keys.find(id, NOW)).isEmpty();
  }

  @Test
  void refuses_a_key_of_the_audit_log() throws IOException {
    PublicKeyFile audit = PublicKeyFile.of(PublicKey.ofHex(HEX)).withUse(PublicKeyFile.Use.AUDIT);
    Files.writeString(folder.resolve(audit.fileName()), audit.text());
    assertThatThrownBy(() -> PublicKeys.load(folder))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("not the key of sessions");
  }
}
