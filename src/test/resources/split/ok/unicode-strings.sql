SELECT U&'d\0061t\+000061; \\', u&'one'; SELECT U&'a''; b';
SELECT U&'d!0061;' UESCAPE '!', U&"d\0061;t\0061" FROM (VALUES (1)) AS t(U&"d\0061;t\0061");
SELECT u& 5 FROM (VALUES (1)) AS t(u); SELECT U&'\005C'; SELECT U&"\0061""; b" FROM (VALUES (1)) AS t("a""; b");
