@NullMarked
package dev.confiture.preflight.migrations.liquibase;

import org.jspecify.annotations.NullMarked;
