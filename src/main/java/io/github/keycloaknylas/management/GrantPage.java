package io.github.keycloaknylas.management;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A page of mailboxes.
 *
 * @param grants the mailboxes
 * @param next what to pass as {@code after} for the next page; not there on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record GrantPage(List<GrantReport> grants, String next) {}
