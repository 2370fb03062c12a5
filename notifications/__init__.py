"""Official papers and messages: number series, sign-off, rendering, check, delivery."""
