package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.microsoft.Account;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Signs in one user after the other in the background, while the test does something to the servers. */
public final class BackgroundSignIns {

    private final CompletableFuture<Map<Account, String>> people;
    private volatile boolean ends;

    private BackgroundSignIns(MicrosoftRealm realm) {
        people = CompletableFuture.supplyAsync(() -> keepSigningIn(realm));
    }

    public static BackgroundSignIns through(MicrosoftRealm realm) {
        return new BackgroundSignIns(realm);
    }

    private Map<Account, String> keepSigningIn(MicrosoftRealm realm) {
        Map<Account, String> signedIn = new LinkedHashMap<>();
        do {
            Account account = MicrosoftRealm.somebody();
            signedIn.put(account, realm.signIn("entra", account).tokens().userId());
        } while (!ends);
        return signedIn;
    }

    /** Ends it; fails if a single sign-in did. Returns who signed in, and the ids of their users. */
    public Map<Account, String> end() {
        ends = true;
        try {
            return people.join();
        } catch (CompletionException e) {
            throw new AssertionError("a sign-in failed", e.getCause());
        }
    }
}
