package org.hitc.workflow.engine;

import java.util.Optional;
import org.hitc.workflow.model.Limits;
import org.hitc.workflow.model.ProgramCall;

/** A program that a chain will run, before its values are filled in. */
record Planned(Pending.Call call, ProgramCall program, Optional<String> encoding, Limits limits) {}
