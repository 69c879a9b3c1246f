package io.github.keycloaknylas.it.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.server.IdentityProvider;
import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes ID tokens on their way, for a provider that does not check signatures. */
public final class IdTokenForger {

    private static final Pattern ID_TOKEN = Pattern.compile("\"id_token\":\"([^.]+)\\.([^.]+)\\.([^\"]+)\"");

    private IdTokenForger() {}

    /** Takes ID tokens as they come, and everything from them. */
    public static IdentityProvider unsigned() {
        return ProviderKind.OIDC.provider().with("validateSignature", "false").with("disableUserInfo", "true");
    }

    public static void setSubject(Account account, String subject) {
        change(account, claims -> claims.replaceFirst("\"sub\":\"[^\"]+\"", "\"sub\":\"" + subject + "\""));
    }

    /** Changes the claims that the account's next sign-in comes with. */
    public static void change(Account account, UnaryOperator<String> change) {
        TestEnvironment.MICROSOFT.behaviourOf(account).rewriteNextTokenResponse(json -> changed(json, change));
    }

    private static String changed(String json, UnaryOperator<String> change) {
        Matcher token = ID_TOKEN.matcher(json);
        if (!token.find()) {
            throw new AssertionError("there is no ID token in the answer");
        }
        String claims = change.apply(new String(Base64.getUrlDecoder().decode(token.group(2)), UTF_8));
        String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8));
        return token.replaceFirst("\"id_token\":\"" + token.group(1) + "." + forged + "." + token.group(3) + "\"");
    }
}
