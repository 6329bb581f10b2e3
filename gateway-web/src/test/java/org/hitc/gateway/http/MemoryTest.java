package org.hitc.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The memory of the web server")
@Timeout(60)
class MemoryTest {

  private static final int KIB = 1024;

  @Test
  void holds_so_many_bytes_of_pages_at_once_and_refuses_more() throws Exception {
    try (TestSite site = TestSite.open(TestSite.plain(), TestLimits.pages(300 * KIB));
        ExecutorService browsers = Executors.newVirtualThreadPerTaskExecutor()) {
      site.hole.repliesOf(100 * KIB);
      CountDownLatch arrived = new CountDownLatch(3);
      CountDownLatch drawn = new CountDownLatch(1);
      site.hole.answers(_ -> {
        arrived.countDown();
        await(drawn);
        return FakeHole.reply(new org.hitc.channel.Reply.Moved(FakeHole.ADDRESS));
      });
      List<CompletableFuture<Integer>> three = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        three.add(CompletableFuture.supplyAsync(() -> status(site), browsers));
      }
      assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
      HttpResponse<String> fourth = site.get("/w/a/b/c");
      assertThat(fourth.statusCode()).isEqualTo(503);
      assertThat(fourth.headers().firstValue("Retry-After")).isPresent();
      drawn.countDown();
      assertThat(three).allSatisfy(status -> assertThat(status.get()).isEqualTo(303));
      assertThat(status(site)).as("given back").isEqualTo(303);
    }
  }

  @Test
  void holds_so_many_bytes_of_bodies_and_strangers_cannot_use_up_those_of_users() throws Exception {
    try (TestSite site = TestSite.open(TestSite.plain(), TestLimits.bodies(20_000, 50_000))) {
      try (Socket stranger = unfinished(site, "/login", "", 15_000)) {
        assertThat(login(site, 6_000).statusCode()).as("strangers are full").isEqualTo(503);
        assertThat(site.post("/w/a/b/c", "ticket=" + "t".repeat(30_000)).statusCode())
            .as("users are not")
            .isEqualTo(303);
        try (Socket user = unfinished(site, "/w/a/b/c", FakeHole.TOKEN, 45_000)) {
          assertThat(site.post("/w/a/b/c", "ticket=" + "t".repeat(10_000)).statusCode())
              .isEqualTo(503);
          assertThat(user.isConnected()).isTrue();
        }
        assertThat(stranger.isConnected()).isTrue();
      }
      eventually(() -> login(site, 6_000).statusCode() == 422);
      eventually(() -> site.post("/w/a/b/c", "ticket=" + "t".repeat(40_000)).statusCode() == 303);
    }
  }

  /** Begins to send a body and does not go on. */
  private static Socket unfinished(TestSite site, String path, String token, int length)
      throws Exception {
    Socket socket = new Socket(site.address().getHost(), site.address().getPort());
    socket
        .getOutputStream()
        .write(
            ("POST "
                    + path
                    + " HTTP/1.1\r\nHost: localhost:"
                    + site.address().getPort()
                    + "\r\nCookie: __Host-hitc="
                    + token
                    + "\r\nSec-Fetch-Site: same-origin\r\nContent-Length: "
                    + length
                    + "\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nuser=")
                .getBytes(StandardCharsets.US_ASCII));
    TimeUnit.MILLISECONDS.sleep(300);
    return socket;
  }

  private static HttpResponse<String> login(TestSite site, int length)
      throws IOException, InterruptedException {
    return site.send(
        java.net.http.HttpRequest.newBuilder(site.address().resolve("/login"))
            .header("Sec-Fetch-Site", "same-origin")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                java.net.http.HttpRequest.BodyPublishers.ofString(
                    "user=a&idle=30&next=%2F&password=" + "x".repeat(length))));
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void eventually(Condition condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static int status(TestSite site) {
    try {
      return site.get("/w/a/b/c").statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
