/** Tests of how a command of the team's is run, and of what the server's log tells of it. */
@NullMarked
package dev.confiture.preflight.recording;

import org.jspecify.annotations.NullMarked;
