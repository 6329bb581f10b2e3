package org.hitc.listener.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hitc.listener.audit.AuditLog;
import org.hitc.listener.audit.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The audit log. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "The audit log.",
    subcommands = AuditCommand.Verify.class)
final class AuditCommand {

  /** Follows the chain of hashes from the first record to the last. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Follows the chain of hashes and names the first record that is not what was written.",
        "Exit status 0: the chain is whole; 1: it is not."
      })
  static final class Verify implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "the audit log")
    private Path file = Path.of("/var/lib/hitc/audit.log");

    @Override
    public Integer call() throws IOException {
      return switch (AuditLog.verify(file)) {
        case Verification.Intact(long records, long torn, String lastHash) -> {
          System.out.printf(
              "whole: %d records, %d torn by a crash and marked, last hash %s%n",
              records, torn, lastHash);
          yield 0;
        }
        case Verification.Broken(long line, long offset, String reason) -> {
          System.out.printf("%s:%d (byte %d): %s%n", file, line, offset, reason);
          yield 1;
        }
      };
    }
  }
}
