package org.hitc.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.hitc.it.Product;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway with the operator's key store, from inside the chroot. */
class TlsTest {
  private static final String PASSWORD = "a password of a test";

  @TempDir private Path folder;

  @Test
  void speaks_http_2_over_tls_and_promises_to_go_on_doing_so() throws Exception {
    Assumptions.assumeTrue(Product.isReal(), "needs root: the key store lies in a real chroot");
    try (Product product = Product.start()) {
      useTls(product);
      HttpClient client = HttpClient.newBuilder().sslContext(trusting(keyStore())).build();
      HttpResponse<String> page =
          client.send(
              HttpRequest.newBuilder(
                      URI.create("https://localhost:" + product.site().getPort() + "/login"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(page.headers().firstValue("Strict-Transport-Security"))
          .hasValueSatisfying(value -> assertThat(value).startsWith("max-age="));
      assertThat(page.body()).contains("<h1>");
    }
  }

  private void useTls(Product product) throws IOException, InterruptedException {
    Path app = product.chroot().resolve("app");
    Files.copy(keyStore(), app.resolve("tls.p12"));
    Files.writeString(app.resolve("tls.password"), PASSWORD + "\n");
    for (String secret : List.of("tls.p12", "tls.password")) {
      Path file = app.resolve(secret);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
      Files.setAttribute(file, "unix:gid", product.group());
    }
    Files.writeString(
        app.resolve("gateway.conf"),
        "keystore = /app/tls.p12\nkeystore_password_file = /app/tls.password\n",
        StandardOpenOption.APPEND);
    long old = product.pid("gateway");
    product.signal("KILL", "gateway");
    product.awaitRestart("gateway", old);
    product.awaitLog("gateway", "listening https://");
  }

  private Path keyStore() {
    Path file = folder.resolve("tls.p12");
    if (!Files.exists(file)) {
      Product.run(
          List.of(
              Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
              "-genkeypair",
              "-keystore",
              file.toString(),
              "-storetype",
              "PKCS12",
              "-storepass",
              PASSWORD,
              "-alias",
              "fis",
              "-keyalg",
              "EC",
              "-groupname",
              "secp256r1",
              "-dname",
              "CN=localhost",
              "-ext",
              "san=dns:localhost",
              "-validity",
              "2"));
    }
    return file;
  }

  private static SSLContext trusting(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    certificates.load(null, null);
    certificates.setCertificateEntry("fis", store.getCertificate("fis"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(certificates);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
