package io.headrace.ports;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What a failure of the disk means to a person. Java's own message often is the name of the file and nothing else. */
public final class DiskFault {

    private DiskFault() {}

    /** One line; the name of the exception if it says nothing itself. */
    public static String inWords(Throwable failure) {
        return switch (failure) {
            case NoSuchFileException missing -> missing.getFile() + ": there is no such file or directory";
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case FileAlreadyExistsException inTheWay -> inTheWay.getFile() + ": there is a file of that name already";
            case NotDirectoryException file -> file.getFile() + ": it is not a directory";
            case FileSystemException named
            when named.getReason() == null && named.getMessage() != null ->
                named.getMessage() + ": " + named.getClass().getSimpleName();
            default -> failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        };
    }
}
