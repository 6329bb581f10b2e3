package org.hitc.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hitc.channel.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A form with files")
@Timeout(60)
class UploadTest {

  private static final int HALF_MIB = 512 * 1024;

  private TestSite site;

  @BeforeEach
  void open() throws Exception {
    site = TestSite.open();
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void hands_over_each_file_as_base_64_beside_its_name() throws Exception {
    byte[] bytes = new byte[HALF_MIB];
    new Random(7).nextBytes(bytes);
    Body body =
        new Body()
            .text("ticket", "t1")
            .text("v.title", "Jüni 😀")
            .text("v.many", "a")
            .text("v.many", "b")
            .file("v.list", "C:\\fakepath\\../Liste ü.csv", bytes)
            .file("v.none", "", new byte[0])
            .file("v.empty", "empty.txt", new byte[0]);
    assertThat(send(body).statusCode()).isEqualTo(303);
    assertThat(site.hole.asked())
        .containsExactly(
            new Request.Submit(
                FakeHole.TOKEN,
                "a",
                "b",
                "c",
                "t1",
                Map.of(
                    "title", List.of("Jüni 😀"),
                    "many", List.of("a", "b"),
                    "list", List.of(Base64.getEncoder().encodeToString(bytes)),
                    "list.name", List.of("Liste ü.csv"),
                    "empty", List.of(""),
                    "empty.name", List.of("empty.txt")),
                ""));
  }

  @Test
  void keeps_the_end_of_a_long_file_name() throws Exception {
    send(new Body().text("ticket", "t").file("v.list", "x".repeat(300) + ".csv", new byte[1]));
    assertThat(((Request.Submit) site.hole.asked().getFirst()).values().get("list.name"))
        .containsExactly("x".repeat(196) + ".csv");
  }

  @Test
  void is_taken_on_pages_of_a_visit_only() throws Exception {
    Body body = new Body().text("user", "anna");
    for (String path : List.of("/login", "/logout", "/jobs/7K3P-2M/cancel")) {
      assertThat(send(path, body, FakeHole.TOKEN).statusCode()).as(path).isEqualTo(400);
    }
    assertThat(site.hole.asked()).isEmpty();
  }

  @Test
  void has_bounds_on_everything() throws Exception {
    Body large = new Body().text("ticket", "t").file("v.list", "a", new byte[HALF_MIB + 1]);
    assertThat(send(large).statusCode()).isEqualTo(413);
    Body together = new Body().text("ticket", "t");
    for (int i = 0; i < 3; i++) {
      together.file("v.list" + i, "a", new byte[400_000]);
    }
    assertThat(send(together).statusCode()).isEqualTo(413);
    Body many = new Body().text("ticket", "t");
    for (int i = 0; i < 300; i++) {
      many.text("v.a" + i, "x");
    }
    assertThat(send(many).statusCode()).isIn(400, 413);
    Body sameName = new Body().text("ticket", "t");
    for (int i = 0; i < 199; i++) {
      sameName.file("v.a", "x", new byte[0]);
    }
    assertThat(send(sameName).statusCode()).isEqualTo(400);
    assertThat(site.hole.asked()).isEmpty();
  }

  @Test
  void says_how_long_it_is() throws Exception {
    byte[] body = new Body().text("ticket", "t").bytes();
    HttpResponse<String> chunked =
        site.send(
            site.request("/w/a/b/c")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(body))));
    assertThat(chunked.statusCode()).isEqualTo(400);
  }

  @Test
  void of_a_stranger_may_be_small_only() throws Exception {
    Body body = new Body().text("ticket", "t").file("v.list", "a", new byte[20_000]);
    for (String token : List.of(TestSite.JUNK, "")) {
      assertThat(send("/w/a/b/c", body, token).statusCode()).isEqualTo(413);
    }
    assertThat(send("/w/a/b/c", new Body().text("ticket", "t"), TestSite.JUNK).statusCode())
        .isEqualTo(401);
    assertThat(site.hole.asked()).isEmpty();
  }

  @Test
  void that_is_broken_is_refused_and_nothing_breaks() throws Exception {
    String begin = "--b\r\nContent-Disposition: form-data; name=";
    for (String broken :
        List.of(
            "",
            "--b--",
            "--b--\r\n",
            "no boundary",
            begin + "\"ticket\"\r\n\r\nt",
            begin + "\"ticket\"\r\n\r\nt\r\n--b",
            "--b\r\n\r\nno name\r\n--b--\r\n",
            begin + "\"\"\r\n\r\nx\r\n--b--\r\n",
            begin + "\"v.a\"\r\n\r\nno ticket\r\n--b--\r\n",
            begin + "\"ticket\"\r\n\r\nt\r\n" + begin + "\"x\"\r\n\r\n1\r\n--b--\r\n",
            begin + "\"ticket\"\r\nX: " + "x".repeat(9000) + "\r\n\r\nt\r\n--b--\r\n")) {
      HttpResponse<String> response =
          site.send(
              site.request("/w/a/b/c")
                  .header("Content-Type", "multipart/form-data; boundary=b")
                  .POST(HttpRequest.BodyPublishers.ofString(broken)));
      assertThat(response.statusCode()).as(broken).isIn(400, 413);
    }
    HttpResponse<String> notUtf8 =
        send(new Body().text("ticket", "t").bytes("v.a", new byte[] {(byte) 0xc3, 0x28}));
    assertThat(notUtf8.statusCode()).isEqualTo(400);
    assertThat(site.hole.asked()).isEmpty();
  }

  /** Its memory would be taken before anybody is asked who it is, and counted by nobody. */
  @Test
  void comes_with_no_reading_of_a_page_and_in_no_two_kinds() throws Exception {
    String multipart = "multipart/form-data; boundary=x";
    HttpRequest.BodyPublisher much = HttpRequest.BodyPublishers.ofString("x".repeat(1 << 19));
    assertThat(
            site.send(site.request("/login").header("Content-Type", multipart).method("GET", much))
                .statusCode())
        .isEqualTo(400);
    assertThat(
            site.send(
                    site.request("/login")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Content-Type", multipart)
                        .POST(much))
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void within_a_form_is_nothing_but_text() throws Exception {
    String nested = "--c\r\nContent-Disposition: form-data; name=\"v.x\"\r\n\r\n1\r\n--c--";
    Body body = new Body().text("ticket", "t");
    body.part("name=\"v.a\"\r\nContent-Type: multipart/mixed; boundary=c", nested.getBytes(UTF_8));
    assertThat(send(body).statusCode()).isEqualTo(303);
    assertThat(((Request.Submit) site.hole.asked().getFirst()).values())
        .isEqualTo(Map.of("a", List.of(nested)));
  }

  private HttpResponse<String> send(Body body) throws Exception {
    try {
      return send("/w/a/b/c", body, FakeHole.TOKEN);
    } catch (IOException _) {
      // A refused body is not read to its end, and the connection is cut: now and then before the
      // client has looked for the answer (RFC 9112, 9.6).
      return send("/w/a/b/c", body, FakeHole.TOKEN);
    }
  }

  private HttpResponse<String> send(String path, Body body, String token) throws Exception {
    return site.send(
        HttpRequest.newBuilder(site.address().resolve(path))
            .header("Cookie", "__Host-hitc=" + token)
            .header("Sec-Fetch-Site", "same-origin")
            .header("Content-Type", "multipart/form-data; boundary=b")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.bytes())));
  }

  /** A body as browsers write it. */
  private static final class Body {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Body text(String name, String value) {
      return bytes(name, value.getBytes(UTF_8));
    }

    Body bytes(String name, byte[] value) {
      return part("name=\"" + name + "\"", value);
    }

    Body file(String name, String fileName, byte[] content) {
      return part(
          "name=\""
              + name
              + "\"; filename=\""
              + fileName
              + "\"\r\nContent-Type: application/octet-stream",
          content);
    }

    private Body part(String head, byte[] content) {
      out.writeBytes(
          ("--b\r\nContent-Disposition: form-data; " + head + "\r\n\r\n").getBytes(UTF_8));
      out.writeBytes(content);
      out.writeBytes("\r\n".getBytes(UTF_8));
      return this;
    }

    byte[] bytes() {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      whole.writeBytes(out.toByteArray());
      whole.writeBytes("--b--\r\n".getBytes(UTF_8));
      return whole.toByteArray();
    }
  }
}
