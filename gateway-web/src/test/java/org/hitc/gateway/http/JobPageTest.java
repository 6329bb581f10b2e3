package org.hitc.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.hitc.channel.Page;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.channel.Text;
import org.hitc.channel.hole.Answer;
import org.hitc.channel.hole.FileSink;
import org.hitc.gateway.page.SamplePages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The page of a running job")
@Timeout(60)
class JobPageTest {

  private static final byte[] END = {};

  private TestSite site;

  /** What the program prints, one piece at a time. */
  private final LinkedBlockingQueue<byte[]> prints = new LinkedBlockingQueue<>();

  @BeforeEach
  void open() throws Exception {
    site = TestSite.open();
    site.hole.streams(this::slowly);
  }

  @AfterEach
  void close() {
    site.close();
  }

  private void slowly(Reply.Streamed reply, FileSink sink) throws IOException {
    OutputStream out = sink.open(reply);
    try {
      for (byte[] piece = prints.take(); piece.length > 0; piece = prints.take()) {
        out.write(piece, 0, piece.length);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void print(String text) {
    prints.add(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void comes_at_once_and_grows_with_each_piece_before_the_job_has_ended() throws Exception {
    try (Reading page = new Reading()) {
      page.until("Running for 40 seconds");
      page.until("role=\"log\"");
      print("reading ledger 2026-06\n");
      page.until("reading ledger 2026-06\n");
      assertThat(page.text).doesNotContain("</pre>");
      print("adding up\n");
      page.until("adding up\n");
      prints.add(END);
      page.until("</html>");
      assertThat(page.text).contains("Check again", "data-next=\"33\"");
    }
    assertThat(site.hole.asked())
        .containsExactly(
            new Request.Job(FakeHole.TOKEN, "7K3P-2M", ""),
            new Request.Output(FakeHole.TOKEN, "7K3P-2M", "0", "yes", ""));
  }

  @Test
  void does_not_say_that_a_job_has_ended_when_what_it_printed_is_not_whole() throws Exception {
    site.hole.answers(request ->
        request instanceof Request.Output
            ? new Answer.Refused(Refusal.RESULT_TRUNCATED)
            : FakeHole.reply(new Reply.Show(SamplePages.running("en"))));
    try (Reading page = new Reading()) {
      page.until("</html>");
      assertThat(page.text).contains("data-ended=\"no\"").contains("Check again");
    }
  }

  @Test
  void says_when_the_job_has_ended_and_leads_to_its_result() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    site.hole.answers(request ->
        FakeHole.reply(
            switch (request) {
              case Request.Output _ -> new Reply.Output(Page.JobState.RUNNING, Text.of("runs"), 0);
              default ->
                  ended.getCount() == 0
                      ? new Reply.Moved(FakeHole.ADDRESS)
                      : new Reply.Show(SamplePages.running("en"));
            }));
    try (Reading page = new Reading()) {
      page.until("role=\"log\"");
      ended.countDown();
      print("done\n");
      prints.add(END);
      page.until("</html>");
      assertThat(page.text)
          .contains("data-ended=\"yes\"")
          .containsPattern("<p id=\"ended\" class=\"actions\"><strong>Finished.")
          .contains("href=\"/jobs/7K3P-2M\">Show the result");
    }
  }

  @Test
  void escapes_what_is_printed_and_keeps_characters_that_come_in_pieces() throws Exception {
    byte[] bytes = "</pre><script>é€😀\u001b[31m\u202e".getBytes(StandardCharsets.UTF_8);
    IntStream.range(0, bytes.length).forEach(i -> prints.add(new byte[] {bytes[i]}));
    prints.add(new byte[] {(byte) 0xe2, (byte) 0x82});
    prints.add(END);
    try (Reading page = new Reading()) {
      page.until("</html>");
      assertThat(page.text)
          .contains("&lt;/pre&gt;&lt;script&gt;é€😀\u241b[31m\ufffd\ufffd</pre>")
          .doesNotContain("</pre><script>", "\u001b", "\u202e");
    }
  }

  @Test
  void is_never_told_to_load_itself_again() throws Exception {
    prints.add(END);
    HttpResponse<String> page = site.get("/jobs/7K3P-2M");
    assertThat(page.headers().firstValue("Refresh")).isEmpty();
    assertThat(page.body()).doesNotContainIgnoringCase("http-equiv");
    assertThat(page.headers().firstValue("X-Accel-Buffering")).contains("no");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void is_whole_when_there_is_nothing_to_follow() throws Exception {
    site.hole.answers(request ->
        request instanceof Request.Output
            ? FakeHole.refused(Refusal.BUSY)
            : FakeHole.reply(new Reply.Show(SamplePages.running("en"))));
    assertWholeWithoutEnding(site.get("/jobs/7K3P-2M"));
  }

  @Test
  void is_whole_when_the_following_breaks_off() throws Exception {
    site.hole.breaksStreams();
    print("half a li");
    prints.add(END);
    HttpResponse<String> page = site.get("/jobs/7K3P-2M");
    assertWholeWithoutEnding(page);
    assertThat(page.body()).contains("half a li</pre>");
  }

  private static void assertWholeWithoutEnding(HttpResponse<String> page) {
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("Check again", "href=\"/help\"", "</html>")
        .doesNotContain("Still running.")
        .contains("<p id=\"ended\" class=\"actions\" hidden>");
  }

  @Test
  void hands_a_fresh_token_over_and_does_not_use_it_by_itself() throws Exception {
    site.hole.answers(request ->
        switch (request) {
          case Request.Output _ -> FakeHole.refused(Refusal.BUSY);
          default ->
              new Answer.Complete(new Reply.Show(SamplePages.running("en")), Optional.of("fresh"));
        });
    HttpResponse<String> page = site.get("/jobs/7K3P-2M");
    assertThat(page.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("__Host-hitc=fresh;");
    // Used before the browser has it, it would look stolen when the page got lost.
    assertThat(site.hole.asked().getLast())
        .isInstanceOfSatisfying(
            Request.Output.class, output -> assertThat(output.token()).isNotEqualTo("fresh"));
  }

  @Test
  void asks_for_nothing_more_when_only_its_head_is_wanted() throws Exception {
    HttpResponse<String> head =
        site.send(
            site.request("/jobs/7K3P-2M").method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(site.hole.asked()).hasSize(1);
  }

  @Test
  void outlives_a_program_that_is_silent_for_longer_than_a_connection_may_idle() throws Exception {
    close();
    site = TestSite.open(TestSite.plain(), TestLimits.idle(Duration.ofMillis(500)));
    site.hole.streams(this::slowly);
    try (Reading page = new Reading()) {
      page.until("role=\"log\"");
      // Two and a half times: a write at the very moment of a timeout would fail with it.
      TimeUnit.MILLISECONDS.sleep(1250);
      print("still here\n");
      page.until("still here\n");
      prints.add(END);
      page.until("</html>");
    }
  }

  @Test
  void gives_up_on_a_browser_that_takes_nothing() throws Exception {
    close();
    site = TestSite.open(TestSite.plain(), TestLimits.idle(Duration.ofMillis(500)));
    CountDownLatch cut = new CountDownLatch(1);
    site.hole.streams((reply, sink) -> {
      OutputStream out = sink.open(reply);
      byte[] much = "x".repeat(60_000).getBytes(StandardCharsets.UTF_8);
      try {
        while (true) {
          out.write(much, 0, much.length);
        }
      } finally {
        cut.countDown();
      }
    });
    try (Socket browser = new Socket(site.address().getHost(), site.address().getPort())) {
      String request =
          "GET /jobs/7K3P-2M HTTP/1.1\r\nHost: localhost:%d\r\nCookie: __Host-hitc=t\r\n\r\n"
              .formatted(site.address().getPort());
      browser.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(cut.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void gives_the_script_what_is_there_now() throws Exception {
    print("Object");
    prints.add(END);
    HttpResponse<String> output = site.get("/jobs/7K3P-2M/output?from=7");
    assertThat(output.body()).isEqualTo("Object");
    assertThat(output.headers().firstValue("Content-Type")).contains("text/plain;charset=utf-8");
    assertThat(output.headers().firstValue("Hitc-State")).contains("running");
    assertThat(output.headers().firstValue("Hitc-Next")).contains("22");
    assertThat(output.headers().firstValue("Hitc-Words")).contains("L%C3%A4uft%2C%2040%20%25");
    assertThat(output.headers().firstValue("Content-Security-Policy"))
        .contains(SecurityHeaders.FILE_POLICY);
  }

  @Test
  void gives_the_script_no_half_of_it() {
    site.hole.breaksStreams();
    print("Obj");
    prints.add(END);
    assertThatThrownBy(() -> site.get("/jobs/7K3P-2M/output?from=0"))
        .isInstanceOf(IOException.class);
  }

  /** Reads the page as a browser does: what has come so far. */
  private final class Reading implements AutoCloseable {
    private final InputStream in;
    private byte[] bytes = {};
    private String text = "";

    Reading() throws Exception {
      HttpResponse<InputStream> response =
          site.client.send(
              site.request("/jobs/7K3P-2M").build(), HttpResponse.BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(200);
      in = response.body();
    }

    void until(String words) throws IOException {
      byte[] buffer = new byte[4096];
      while (!text.contains(words)) {
        int length = in.read(buffer);
        assertThat(length).as("%s in %s", words, text).isPositive();
        byte[] more = java.util.Arrays.copyOf(bytes, bytes.length + length);
        System.arraycopy(buffer, 0, more, bytes.length, length);
        bytes = more;
        text = new String(bytes, StandardCharsets.UTF_8);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  @Test
  void lists_all_jobs_and_how_they_stand() throws Exception {
    String page = site.get("/jobs").body();
    for (String words : List.of("7K3P-2M", "waiting, 2 before it", "failed", "Run again")) {
      assertThat(page).contains(words);
    }
  }
}
