package org.hitc.listener.keys;

import java.nio.file.Path;

/** What the files of keys are called. */
final class KeyNames {
  /** The folder, in the state folder. */
  static final String FOLDER = "keys";

  /** In it: public halves of keys that sealed checkpoints of the audit log. */
  static final String AUDIT_FOLDER = "audit";

  /** The private key that signs tokens. */
  static final String SIGNING = "signing.key";

  /** One that is to sign after the next rotation. */
  static final String NEXT = "next.key";

  /** The private key that seals checkpoints. */
  static final String AUDIT = "audit.key";

  /** What the signing key was called, in the state folder itself, before there was a folder. */
  static final String OLD_SIGNING = "session.key";

  /** Asks the listener to end every session; it removes it when it has. */
  static final String END_ALL = "end-all-sessions";

  static final String PUBLIC = ".pub";

  /** Behind the name of what an emergency put aside. */
  static final String UNUSABLE = ".unusable";

  private KeyNames() {}

  static Path folder(Path state) {
    return state.resolve(FOLDER);
  }
}
