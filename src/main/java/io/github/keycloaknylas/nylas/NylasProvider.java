package io.github.keycloaknylas.nylas;

import java.util.List;
import java.util.Optional;

/** A mail provider as far as calls to Nylas depend on it: its name there, its error codes, and its sentences. */
public interface NylasProvider {

    /** The name in Nylas' requests, grants and connectors (Nylas API reference: "Connectors"). Lower-case letters. */
    String name();

    /** The name in sentences, a proper noun. */
    String displayName();

    /**
     * Returns the provider's own error codes in a text, in the order in which they occur. The codes of OAuth are none
     * of them: they mean the same for every provider.
     *
     * @param text what Nylas passed on, possibly empty
     * @return the codes as an administrator looks them up
     */
    List<String> errorCodes(String text);

    /**
     * Returns the meaning of an error code.
     *
     * @param code one of {@link #errorCodes}
     * @return empty if nothing follows from it
     */
    Optional<ErrorMeaning> meaning(String code);

    /**
     * Returns what happened and what to do next.
     *
     * @return a sentence for an administrator, without the full stop
     */
    String hint(ErrorMeaning meaning);
}
