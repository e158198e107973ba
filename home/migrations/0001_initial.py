import django.db.models.deletion
import django.utils.timezone
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("wagtailcore", "0094_alter_page_locale"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("intro", models.TextField(blank=True, max_length=400, verbose_name="introduction")),
                (
                    "map_url",
                    models.URLField(
                        blank=True,
                        help_text="Optional link to a map; nothing of it is loaded into this page.",
                        verbose_name="address of a map",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("text", 0),
                            ("figure", 3),
                            ("facts", 9),
                            ("callout", 12),
                            ("questions", 17),
                            ("downloads", 20),
                        ],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": [
                                        "h2",
                                        "h3",
                                        "bold",
                                        "italic",
                                        "link",
                                        "document-link",
                                        "ol",
                                        "ul",
                                    ],
                                    "icon": "pilcrow",
                                    "label": "Text",
                                    "template": "home/blocks/text.html",
                                },
                            ),
                            1: ("wagtail.images.blocks.ImageBlock", [], {"label": "Image"}),
                            2: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Caption", "max_length": 200, "required": False},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("image", 1), ("caption", 2)]], {}),
                            4: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Heading", "max_length": 120, "required": False},
                            ),
                            5: ("wagtail.blocks.CharBlock", (), {"label": "Term", "max_length": 120}),
                            6: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "italic", "link"], "label": "Explanation"},
                            ),
                            7: ("wagtail.blocks.StructBlock", [[("term", 5), ("text", 6)]], {}),
                            8: ("wagtail.blocks.ListBlock", (7,), {"label": "Facts", "min_num": 1}),
                            9: ("wagtail.blocks.StructBlock", [[("heading", 4), ("facts", 8)]], {}),
                            10: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [("info", "Information"), ("warning", "Attention")],
                                    "label": "Kind",
                                },
                            ),
                            11: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "italic", "link"], "label": "Text"},
                            ),
                            12: ("wagtail.blocks.StructBlock", [[("tone", 10), ("text", 11)]], {}),
                            13: ("wagtail.blocks.CharBlock", (), {"label": "Question", "max_length": 200}),
                            14: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "italic", "link", "ol", "ul"], "label": "Answer"},
                            ),
                            15: ("wagtail.blocks.StructBlock", [[("question", 13), ("answer", 14)]], {}),
                            16: ("wagtail.blocks.ListBlock", (15,), {"label": "Questions", "min_num": 1}),
                            17: ("wagtail.blocks.StructBlock", [[("heading", 4), ("questions", 16)]], {}),
                            18: ("wagtail.documents.blocks.DocumentChooserBlock", (), {}),
                            19: ("wagtail.blocks.ListBlock", (18,), {"label": "Documents", "min_num": 1}),
                            20: ("wagtail.blocks.StructBlock", [[("heading", 4), ("documents", 19)]], {}),
                        },
                        verbose_name="body",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact page",
                "verbose_name_plural": "contact pages",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="ContentPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("intro", models.TextField(blank=True, max_length=400, verbose_name="introduction")),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("text", 0),
                            ("figure", 3),
                            ("facts", 9),
                            ("callout", 12),
                            ("questions", 17),
                            ("downloads", 20),
                        ],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": [
                                        "h2",
                                        "h3",
                                        "bold",
                                        "italic",
                                        "link",
                                        "document-link",
                                        "ol",
                                        "ul",
                                    ],
                                    "icon": "pilcrow",
                                    "label": "Text",
                                    "template": "home/blocks/text.html",
                                },
                            ),
                            1: ("wagtail.images.blocks.ImageBlock", [], {"label": "Image"}),
                            2: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Caption", "max_length": 200, "required": False},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("image", 1), ("caption", 2)]], {}),
                            4: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Heading", "max_length": 120, "required": False},
                            ),
                            5: ("wagtail.blocks.CharBlock", (), {"label": "Term", "max_length": 120}),
                            6: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "italic", "link"], "label": "Explanation"},
                            ),
                            7: ("wagtail.blocks.StructBlock", [[("term", 5), ("text", 6)]], {}),
                            8: ("wagtail.blocks.ListBlock", (7,), {"label": "Facts", "min_num": 1}),
                            9: ("wagtail.blocks.StructBlock", [[("heading", 4), ("facts", 8)]], {}),
                            10: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [("info", "Information"), ("warning", "Attention")],
                                    "label": "Kind",
                                },
                            ),
                            11: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "italic", "link"], "label": "Text"},
                            ),
                            12: ("wagtail.blocks.StructBlock", [[("tone", 10), ("text", 11)]], {}),
                            13: ("wagtail.blocks.CharBlock", (), {"label": "Question", "max_length": 200}),
                            14: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "italic", "link", "ol", "ul"], "label": "Answer"},
                            ),
                            15: ("wagtail.blocks.StructBlock", [[("question", 13), ("answer", 14)]], {}),
                            16: ("wagtail.blocks.ListBlock", (15,), {"label": "Questions", "min_num": 1}),
                            17: ("wagtail.blocks.StructBlock", [[("heading", 4), ("questions", 16)]], {}),
                            18: ("wagtail.documents.blocks.DocumentChooserBlock", (), {}),
                            19: ("wagtail.blocks.ListBlock", (18,), {"label": "Documents", "min_num": 1}),
                            20: ("wagtail.blocks.StructBlock", [[("heading", 4), ("documents", 19)]], {}),
                        },
                        verbose_name="body",
                    ),
                ),
            ],
            options={
                "verbose_name": "content page",
                "verbose_name_plural": "content pages",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="HomePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("welcome_heading", models.CharField(max_length=120, verbose_name="welcome heading")),
                ("welcome_text", wagtail.fields.RichTextField(blank=True, verbose_name="welcome text")),
                (
                    "highlights_heading",
                    models.CharField(blank=True, max_length=80, verbose_name="heading of the services"),
                ),
                (
                    "highlights",
                    wagtail.fields.StreamField(
                        [("highlight", 4)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("network", "Network"),
                                        ("application", "Application"),
                                        ("mail", "Mail"),
                                        ("server", "Server"),
                                        ("shield", "Shield"),
                                        ("device", "Computer"),
                                        ("data", "Data"),
                                        ("document", "Document"),
                                    ],
                                    "label": "Icon",
                                },
                            ),
                            1: ("wagtail.blocks.CharBlock", (), {"label": "Title", "max_length": 60}),
                            2: ("wagtail.blocks.TextBlock", (), {"label": "Text", "max_length": 200}),
                            3: ("wagtail.blocks.PageChooserBlock", (), {"label": "Page", "required": False}),
                            4: (
                                "wagtail.blocks.StructBlock",
                                [[("icon", 0), ("title", 1), ("text", 2), ("page", 3)]],
                                {},
                            ),
                        },
                        verbose_name="services",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("text", 0),
                            ("figure", 3),
                            ("facts", 9),
                            ("callout", 12),
                            ("questions", 17),
                            ("downloads", 20),
                        ],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": [
                                        "h2",
                                        "h3",
                                        "bold",
                                        "italic",
                                        "link",
                                        "document-link",
                                        "ol",
                                        "ul",
                                    ],
                                    "icon": "pilcrow",
                                    "label": "Text",
                                    "template": "home/blocks/text.html",
                                },
                            ),
                            1: ("wagtail.images.blocks.ImageBlock", [], {"label": "Image"}),
                            2: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Caption", "max_length": 200, "required": False},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("image", 1), ("caption", 2)]], {}),
                            4: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Heading", "max_length": 120, "required": False},
                            ),
                            5: ("wagtail.blocks.CharBlock", (), {"label": "Term", "max_length": 120}),
                            6: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "italic", "link"], "label": "Explanation"},
                            ),
                            7: ("wagtail.blocks.StructBlock", [[("term", 5), ("text", 6)]], {}),
                            8: ("wagtail.blocks.ListBlock", (7,), {"label": "Facts", "min_num": 1}),
                            9: ("wagtail.blocks.StructBlock", [[("heading", 4), ("facts", 8)]], {}),
                            10: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [("info", "Information"), ("warning", "Attention")],
                                    "label": "Kind",
                                },
                            ),
                            11: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "italic", "link"], "label": "Text"},
                            ),
                            12: ("wagtail.blocks.StructBlock", [[("tone", 10), ("text", 11)]], {}),
                            13: ("wagtail.blocks.CharBlock", (), {"label": "Question", "max_length": 200}),
                            14: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "italic", "link", "ol", "ul"], "label": "Answer"},
                            ),
                            15: ("wagtail.blocks.StructBlock", [[("question", 13), ("answer", 14)]], {}),
                            16: ("wagtail.blocks.ListBlock", (15,), {"label": "Questions", "min_num": 1}),
                            17: ("wagtail.blocks.StructBlock", [[("heading", 4), ("questions", 16)]], {}),
                            18: ("wagtail.documents.blocks.DocumentChooserBlock", (), {}),
                            19: ("wagtail.blocks.ListBlock", (18,), {"label": "Documents", "min_num": 1}),
                            20: ("wagtail.blocks.StructBlock", [[("heading", 4), ("documents", 19)]], {}),
                        },
                        verbose_name="body",
                    ),
                ),
            ],
            options={
                "verbose_name": "home page",
                "verbose_name_plural": "home pages",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="NewsIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("intro", models.TextField(blank=True, max_length=400, verbose_name="introduction")),
            ],
            options={
                "verbose_name": "news list",
                "verbose_name_plural": "news lists",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="SetupRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(unique=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="NewsPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("news", "News"), ("announcement", "Announcement")],
                        default="news",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        help_text="Shown to readers and used for the order of the list.",
                        verbose_name="date",
                    ),
                ),
                ("intro", models.TextField(max_length=300, verbose_name="introduction")),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("text", 0),
                            ("figure", 3),
                            ("facts", 9),
                            ("callout", 12),
                            ("questions", 17),
                            ("downloads", 20),
                        ],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": [
                                        "h2",
                                        "h3",
                                        "bold",
                                        "italic",
                                        "link",
                                        "document-link",
                                        "ol",
                                        "ul",
                                    ],
                                    "icon": "pilcrow",
                                    "label": "Text",
                                    "template": "home/blocks/text.html",
                                },
                            ),
                            1: ("wagtail.images.blocks.ImageBlock", [], {"label": "Image"}),
                            2: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Caption", "max_length": 200, "required": False},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("image", 1), ("caption", 2)]], {}),
                            4: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Heading", "max_length": 120, "required": False},
                            ),
                            5: ("wagtail.blocks.CharBlock", (), {"label": "Term", "max_length": 120}),
                            6: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "italic", "link"], "label": "Explanation"},
                            ),
                            7: ("wagtail.blocks.StructBlock", [[("term", 5), ("text", 6)]], {}),
                            8: ("wagtail.blocks.ListBlock", (7,), {"label": "Facts", "min_num": 1}),
                            9: ("wagtail.blocks.StructBlock", [[("heading", 4), ("facts", 8)]], {}),
                            10: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [("info", "Information"), ("warning", "Attention")],
                                    "label": "Kind",
                                },
                            ),
                            11: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "italic", "link"], "label": "Text"},
                            ),
                            12: ("wagtail.blocks.StructBlock", [[("tone", 10), ("text", 11)]], {}),
                            13: ("wagtail.blocks.CharBlock", (), {"label": "Question", "max_length": 200}),
                            14: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "italic", "link", "ol", "ul"], "label": "Answer"},
                            ),
                            15: ("wagtail.blocks.StructBlock", [[("question", 13), ("answer", 14)]], {}),
                            16: ("wagtail.blocks.ListBlock", (15,), {"label": "Questions", "min_num": 1}),
                            17: ("wagtail.blocks.StructBlock", [[("heading", 4), ("questions", 16)]], {}),
                            18: ("wagtail.documents.blocks.DocumentChooserBlock", (), {}),
                            19: ("wagtail.blocks.ListBlock", (18,), {"label": "Documents", "min_num": 1}),
                            20: ("wagtail.blocks.StructBlock", [[("heading", 4), ("documents", 19)]], {}),
                        },
                        verbose_name="body",
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        blank=True,
                        help_text="Optional. The description of the image is read to people who cannot see it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailimages.image",
                        verbose_name="image",
                    ),
                ),
            ],
            options={
                "verbose_name": "news item",
                "verbose_name_plural": "news items",
                "indexes": [models.Index(fields=["-date"], name="home_news_date")],
            },
            bases=("wagtailcore.page",),
        ),
    ]
