package org.hitc.listener.grant;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.hitc.listener.launcher.protocol.Answer;
import org.hitc.listener.launcher.protocol.Ask;
import org.hitc.listener.launcher.protocol.RunRefusal;
import org.hitc.listener.launcher.protocol.Wire;
import org.hitc.listener.socket.Messages;

/**
 * A launcher, as far as grants go. Each question has a connection of its own. Safe for use by many
 * threads.
 */
public final class Grants {
  private static final String FOR_SYS_SIDE = "run.sock";
  private static final String FOR_AUTH_SIDE = "grant.sock";
  private static final Duration WITHIN = Duration.ofSeconds(2);

  private final Path socket;

  private Grants(Path socket) {
    this.socket = socket;
  }

  /**
   * The launcher for the listener and its commands.
   *
   * @param folder of its sockets
   */
  public static Grants forSysSide(Path folder) {
    return new Grants(folder.resolve(FOR_SYS_SIDE));
  }

  /**
   * The launcher for the authenticator and the commands that work on its users.
   *
   * @param folder of its sockets
   */
  public static Grants forAuthSide(Path folder) {
    return new Grants(folder.resolve(FOR_AUTH_SIDE));
  }

  /**
   * A grant for a user who has just proven who it is; for the authenticator alone.
   *
   * @throws IOException when the launcher cannot be reached, or gives none to this user
   */
  public String give(String user) throws IOException {
    return switch (ask(new Ask.Grant(user))) {
      case Answer.Granted(String grant) -> grant;
      case Answer.Refused(RunRefusal why, String detail) ->
          throw new IOException(why.code() + " " + detail);
      case Answer other -> throw new IOException("no answer to the question: " + other);
    };
  }

  /**
   * Ends grants. What the launcher does not know as a grant has ended already: with its time, or
   * with an earlier launcher.
   *
   * @throws IOException when the launcher cannot be told
   */
  public void revoke(Revocation which) throws IOException {
    switch (ask(which.ask())) {
      case Answer.Done _ -> {}
      case Answer.Refused(RunRefusal why, _) when why == RunRefusal.GRANT -> {}
      case Answer.Refused(RunRefusal why, String detail) ->
          throw new IOException(why.code() + " " + detail);
      case Answer other -> throw new IOException("no answer to the question: " + other);
    }
  }

  private Answer ask(Ask question) throws IOException {
    try (Messages launcher = Messages.connect(socket)) {
      byte[] encoded = Wire.encode(question);
      launcher.write(Arrays.copyOfRange(encoded, Wire.HEADER, encoded.length), WITHIN);
      return Wire.answer(
          launcher.read(WITHIN).orElseThrow(() -> new IOException("it hung up without an answer")));
    } catch (Wire.WireException e) {
      throw new IOException(socket + ": " + e.getMessage(), e);
    }
  }
}
