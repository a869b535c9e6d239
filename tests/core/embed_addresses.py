"""Addresses of other sites, with the frame that each becomes, and those that become none."""

FRAMES = {
    # YouTube
    "https://www.youtube.com/watch?v=abcDEF-_123": "https://www.youtube-nocookie.com/embed/abcDEF-_123",
    "http://youtube.com/watch?list=PL1&v=abcDEF-_123&index=2": "https://www.youtube-nocookie.com/embed/abcDEF-_123",
    "https://m.youtube.com/watch?v=abcDEF-_123#t=75": "https://www.youtube-nocookie.com/embed/abcDEF-_123?start=75",
    "https://music.youtube.com/watch?v=abcDEF-_123": "https://www.youtube-nocookie.com/embed/abcDEF-_123",
    "https://www.youtube.com/shorts/abcDEF-_123": "https://www.youtube-nocookie.com/embed/abcDEF-_123",
    "https://www.youtube.com/live/abcDEF-_123?t=1h2m3s": "https://www.youtube-nocookie.com/embed/abcDEF-_123?start=3723",
    "https://www.youtube.com/embed/abcDEF-_123?start=9": "https://www.youtube-nocookie.com/embed/abcDEF-_123?start=9",
    "https://www.youtube-nocookie.com/embed/abcDEF-_123": "https://www.youtube-nocookie.com/embed/abcDEF-_123",
    "https://youtu.be/abcDEF-_123?si=tracking&t=90": "https://www.youtube-nocookie.com/embed/abcDEF-_123?start=90",
    "HTTPS://WWW.YOUTUBE.COM/watch?v=abcDEF-_123": "https://www.youtube-nocookie.com/embed/abcDEF-_123",
    # Vimeo
    "https://vimeo.com/123456789": "https://player.vimeo.com/video/123456789?dnt=1",
    "https://vimeo.com/123456789/abcdef0123": "https://player.vimeo.com/video/123456789?h=abcdef0123&dnt=1",
    "https://player.vimeo.com/video/123456789?h=abcdef0123&badge=0": (
        "https://player.vimeo.com/video/123456789?h=abcdef0123&dnt=1"
    ),
    "https://vimeo.com/channels/staffpicks/123456789#t=1m": "https://player.vimeo.com/video/123456789?dnt=1#t=60s",
    "https://vimeo.com/showcase/7008490/video/123456789": "https://player.vimeo.com/video/123456789?dnt=1",
    # Spotify and SoundCloud
    "https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzOMk0?si=tracking": (
        "https://open.spotify.com/embed/episode/4rOoJ6Egrf8K2IrywzOMk0"
    ),
    "https://open.spotify.com/intl-de/track/4rOoJ6Egrf8K2IrywzOMk0": (
        "https://open.spotify.com/embed/track/4rOoJ6Egrf8K2IrywzOMk0"
    ),
    "https://soundcloud.com/some-one/some_thing?in=list": (
        "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fsome-one%2Fsome_thing"
    ),
    "https://m.soundcloud.com/some-one/sets/a-set/": (
        "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fsome-one%2Fsets%2Fa-set"
    ),
    # Posts
    "https://bsky.app/profile/some.one.example/post/3l6oveex3ii2l": (
        "https://embed.bsky.app/embed/some.one.example/app.bsky.feed.post/3l6oveex3ii2l"
    ),
    "https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvw2/post/3l6oveex3ii2l": (
        "https://embed.bsky.app/embed/did:plc:abcdefghijklmnopqrstuvw2/app.bsky.feed.post/3l6oveex3ii2l"
    ),
    "https://social.example/@some_one/109876543210987654": "https://social.example/@some_one/109876543210987654/embed",
    "https://social.example/@some_one/1/embed": "https://social.example/@some_one/1/embed",
    # Maps and charts
    "https://www.openstreetmap.org/#map=5/0/0": (
        "https://www.openstreetmap.org/export/embed.html?bbox=-14.06250%2C-8.78906%2C14.06250%2C8.78906&layer=mapnik"
    ),
    "https://www.openstreetmap.org/?mlat=51.5&mlon=-0.12#map=12/51.5/-0.12&layers=C": (
        "https://www.openstreetmap.org/export/embed.html"
        "?bbox=-0.22986%2C51.45726%2C-0.01014%2C51.54274&layer=mapnik&marker=51.5%2C-0.12"
    ),
    "https://www.openstreetmap.org/export/embed.html?bbox=-0.2%2C51.4%2C0%2C51.6&layer=cyclemap&marker=51.5%2C-0.1": (
        "https://www.openstreetmap.org/export/embed.html"
        "?bbox=-0.20000%2C51.40000%2C0.00000%2C51.60000&layer=mapnik&marker=51.5%2C-0.1"
    ),
    "https://www.google.com/maps/embed?pb=!1m18!2sA%20house!5e0": (
        "https://www.google.com/maps/embed?pb=!1m18!2sA%20house!5e0"
    ),
    "https://www.google.com/maps/d/viewer?mid=1AbC_def-2345&ll=1,2": (
        "https://www.google.com/maps/d/embed?mid=1AbC_def-2345"
    ),
    "https://datawrapper.dwcdn.net/AbC12/4/": "https://datawrapper.dwcdn.net/AbC12/",
    "https://www.datawrapper.de/_/AbC12/": "https://datawrapper.dwcdn.net/AbC12/",
}

# Of known sites, and not one video, recording, post, map or chart.
OTHER_PAGES = [
    "https://www.youtube.com/@somebody",
    "https://www.youtube.com/playlist?list=PL1234567890",
    "https://www.youtube.com/embed/videoseries?list=PL1",
    "https://www.youtube.com/embed/live_stream?channel=UC1",
    "https://www.youtube.com/watch?v=short",
    "https://www.youtube.com/watch?v=much-too-long-for-an-id",
    "https://youtu.be/",
    "https://vimeo.com/somebody",
    "https://open.spotify.com/user/somebody",
    "https://open.spotify.com/track/short",
    "https://soundcloud.com/somebody",
    "https://soundcloud.com/somebody/likes",
    "https://soundcloud.com/discover/sets",
    "https://bsky.app/profile/some.one.example",
    "https://www.openstreetmap.org/",
    "https://www.openstreetmap.org/#map=99/0/0",
    "https://www.openstreetmap.org/#map=5/900/0",
    "https://www.openstreetmap.org/node/1",
    "https://www.google.com/maps/place/Somewhere",
    "https://www.google.com/maps/embed?pb=place",
]

# Addresses that seem to be something else than they are.
DISGUISED = [
    "javascript:hostile()",
    "data:text/html,<script>hostile()</script>",
    "//www.youtube.com/watch?v=abcDEF-_123",
    "https://youtube.com.evil.example/watch?v=abcDEF-_123",
    "https://evil.example/youtube.com/watch?v=abcDEF-_123",
    "https://www.youtube.com@evil.example/watch?v=abcDEF-_123",
    "https://evil.example#@www.youtube.com/watch?v=abcDEF-_123",
    "https://somebody:secret@www.youtube.com/watch?v=abcDEF-_123",
    "https://www.youtube.com:8443/watch?v=abcDEF-_123",
    "https://www.youtube.com\\@evil.example/watch?v=abcDEF-_123",
    "https://www.youtube.com\t.evil.example/watch?v=abcDEF-_123",
    "https://www.youtube.com./watch?v=abcDEF-_123",
    "https://www.y\u043eutube.com/watch?v=abcDEF-_123",
    "https://evilyoutube.com/watch?v=abcDEF-_123",
    "https://www.youtube.com/watch?v=<script>abc",
    'https://www.youtube.com/watch?v=abc"onload=',
    "https://www.youtube.com/watch?v=abcDEF-_12%0a",
    "https://www.youtube.com/embed/..%2f..%2fevil",
    "https://youtu.be/abcDEF%2F_123",
    "https://vimeo.com/123456789/../../evil",
    "https://vimeo.com/١٢٣٤٥٦٧٨٩",
    "https://open.spotify.com/embed/track/..%2F..%2F..%2Fxxxxxxxxxxxxxxxx",
    "https://soundcloud.com/a/b&url=evil",
    "https://bsky.app/profile/evil.example/post/../../../x",
    "https://www.google.com/maps/embed?pb=!1m18!2s<script>hostile()</script>",
    "https://www.google.com/url?q=https://evil.example/maps/embed",
    "https://localhost/@some_one/1",
    "https://intranet/@some_one/1",
    "https://192.168.0.1/@some_one/1",
    "https://[::1]/@some_one/1",
    "https://printer.local/@some_one/1",
    "https://social.example:8080/@some_one/1",
    "https://x@social.example/@some_one/1",
    "https://social.example/@some_one/1/../../evil",
    "https://accounts.youtube.com/@some_one/1",
    "https://www.google.com/@some_one/1",
    "https://[hostile",
]
