package org.hitc.redteam.session;

import java.io.IOException;
import org.hitc.it.Product;

/** A workflow {@code unlock}: its form asks for a word and a secret, which its program gets. */
final class Unlock {
  private Unlock() {}

  /** Adds it to a running product. */
  static void addTo(Product product, String script) throws IOException, InterruptedException {
    product.addProgram("unlock", script);
    product.define(
        "unlock",
        """
        workflow: unlock
        title: Unlock
        roles: [everyone]
        steps:
          - form: ask
            title: What is the word?
            fields:
              word: { label: Word, pic: X(8) }
              secret: { label: Secret, type: password }
          - run: unlock
            stdin: [$word, $secret]
            output: text
        """);
  }
}
